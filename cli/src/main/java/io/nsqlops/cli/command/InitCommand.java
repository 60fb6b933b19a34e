package io.nsqlops.cli.command;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.KeySet;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.backup.store.StoreCapabilities;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.context.KeySecret;
import io.nsqlops.cli.options.RepositoryOptions;
import io.nsqlops.cli.output.Result;
import io.nsqlops.cli.output.StoreView;
import java.security.SecureRandom;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes a repository. */
@CommandLine.Command(
    name = "init",
    description = "Create a repository: descriptor, keys; find out what the store can do.")
public final class InitCommand implements Command {
  @Mixin final RepositoryOptions repository = new RepositoryOptions();

  @Option(names = "--no-encryption", description = "Store in clear. Cannot be changed later.")
  boolean noEncryption;

  @Override
  public Result run(Context context) {
    KeySecret secret = repository.secret(context);
    checkEncryption(secret);
    SecureRandom random = new SecureRandom();
    KeySet keys = noEncryption ? KeySet.generateUnencrypted(random) : KeySet.generate(random);
    try (ObjectStore store = context.adapters().store(repository.address(context))) {
      Repository made = Repository.init(store, context.adapters().keys(secret), keys);
      return result(made, secret);
    }
  }

  private void checkEncryption(KeySecret secret) {
    if (noEncryption && !secret.isNone()) {
      throw new OpsException(
          ErrorKind.USAGE,
          "--no-encryption",
          "there is a " + secret + ", but the repository is not to be encrypted",
          "take away the one or the other");
    }
    if (!noEncryption && secret.isNone()) {
      throw new OpsException(
          ErrorKind.USAGE,
          "passphrase",
          "a repository is encrypted unless told otherwise, and there is no passphrase",
          "set NSQL_OPS_PASSPHRASE or --passphrase-file and keep the passphrase safe: without it"
              + " nothing can be restored; or name a KMS key by --kms-key; or give --no-encryption");
    }
  }

  private static Result result(Repository made, KeySecret secret) {
    StoreCapabilities store = made.capabilities();
    ObjectNode json =
        JsonMapper.shared()
            .createObjectNode()
            .put("id", made.id())
            .put("repository", made.location())
            .put("encrypted", made.encrypted())
            .put("conditionalPut", store.conditionalPut())
            .put("versions", store.versions());
    String by = secret.kmsKey() == null ? "a passphrase" : secret.toString();
    String keys = made.encrypted() ? "encrypted with " + by : "not encrypted";
    return Result.of(
        json,
        List.of(
            "repository  " + made.location(),
            "id          " + made.id(),
            "keys        " + keys,
            "store       " + StoreView.described(store)));
  }
}
