package io.nsqlops.cli.command;

import io.nsqlops.backup.config.SecretReference;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.KeySet;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.options.RepositoryOptions;
import io.nsqlops.cli.output.Result;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    SecretReference passphrase = repository.passphrase(context).orElse(null);
    checkEncryption(passphrase);
    SecureRandom random = new SecureRandom();
    KeySet keys = noEncryption ? KeySet.generateUnencrypted(random) : KeySet.generate(random);
    try (ObjectStore store = context.adapters().store(repository.address(context))) {
      Repository made = Repository.init(store, context.adapters().keys(passphrase), keys);
      return result(made);
    }
  }

  private void checkEncryption(@Nullable SecretReference passphrase) {
    if (noEncryption && passphrase != null) {
      throw new OpsException(
          ErrorKind.USAGE,
          "--no-encryption",
          "there is a passphrase (" + passphrase + "), but the repository is not to be encrypted",
          "take away the one or the other");
    }
    if (!noEncryption && passphrase == null) {
      throw new OpsException(
          ErrorKind.USAGE,
          "passphrase",
          "a repository is encrypted unless told otherwise, and there is no passphrase",
          "set NSQL_OPS_PASSPHRASE or --passphrase-file and keep the passphrase safe: without it"
              + " nothing can be restored; or give --no-encryption");
    }
  }

  private static Result result(Repository made) {
    boolean conditional = made.capabilities().conditionalPut();
    ObjectNode json =
        JsonMapper.shared()
            .createObjectNode()
            .put("id", made.id())
            .put("repository", made.location())
            .put("encrypted", made.encrypted())
            .put("conditionalPut", conditional);
    String keys = made.encrypted() ? "encrypted with a passphrase" : "not encrypted";
    String store =
        conditional
            ? "refuses to overwrite (conditional put)"
            : "cannot refuse to overwrite: do not run two backups into it at once";
    return Result.of(
        json,
        List.of(
            "repository  " + made.location(),
            "id          " + made.id(),
            "keys        " + keys,
            "store       " + store));
  }
}
