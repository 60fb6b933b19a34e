package io.nsqlops.cli.command;

import io.nsqlops.backup.config.SecretReference;
import io.nsqlops.backup.config.SecretReference.Place;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.KeyProvider;
import io.nsqlops.backup.repository.KeyRing;
import io.nsqlops.backup.repository.KeySlotInfo;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.context.KeySecret;
import io.nsqlops.cli.options.RepositoryOptions;
import io.nsqlops.cli.output.KeyView;
import io.nsqlops.cli.output.Result;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who can open a repository. */
@CommandLine.Command(
    name = "key",
    description = "List, add, remove or replace what opens a repository. No data is rewritten.")
public final class KeyCommand implements Command {
  private static final String NEW_PASSPHRASE = "NSQL_OPS_NEW_PASSPHRASE";

  enum Action {
    LIST,
    ADD,
    REMOVE,
    ROTATE
  }

  @Parameters(
      index = "0",
      paramLabel = "list|add|remove|rotate",
      description =
          "list: all keys; add: let a second passphrase or KMS key open the repository, too; remove:"
              + " take a key away; rotate: put a new one in the place of the one in use.")
  Action action = Action.LIST;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "For remove: id of the key, or a unique beginning of it.")
  String id = "";

  @Mixin final RepositoryOptions repository = new RepositoryOptions();

  @Option(
      names = "--new-passphrase-file",
      paramLabel = "FILE",
      description =
          "For add and rotate: a file that holds the new passphrase; default: $"
              + NEW_PASSPHRASE
              + ".")
  @Nullable Path newPassphraseFile;

  @Option(
      names = "--new-kms-key",
      paramLabel = "KEY",
      description =
          "For add and rotate: a KMS key instead of a passphrase, in the service of --kms-endpoint"
              + " and --kms-region.")
  @Nullable String newKmsKey;

  @Option(
      names = "--label",
      paramLabel = "TEXT",
      description =
          "For add and rotate: says whose key it is. Everybody who can read the bucket can read it.")
  @Nullable String label;

  @Option(
      names = "--data-key",
      description =
          "For rotate: also seal new objects with a new data key. Keys of others must be removed"
              + " before and added again after.")
  boolean dataKey;

  @Override
  public Result run(Context context) {
    checkArguments();
    if (action == Action.LIST && repository.secret(context).isNone()) {
      try (ObjectStore store = context.adapters().store(repository.address(context))) {
        return KeyView.list(KeySlotInfo.list(store), "");
      }
    }
    Optional<KeyProvider> fresh = fresh(context);
    try (RepositoryOptions.Open open = repository.open(context)) {
      KeyRing ring = new KeyRing(open.repository());
      Instant now = context.clock().instant();
      return switch (action) {
        case LIST -> KeyView.list(KeySlotInfo.list(open.store()), ring.inUse());
        case REMOVE -> KeyView.removed(ring.remove(id, now));
        case ADD -> KeyView.added(ring.add(fresh.orElseThrow(this::noNewKey), labelOr("")));
        case ROTATE -> rotate(ring, fresh, now, repository.keys(context));
      };
    }
  }

  private Result rotate(KeyRing ring, Optional<KeyProvider> fresh, Instant now, KeyProvider old) {
    String name = labelOr(ring.labelInUse());
    return dataKey
        ? KeyView.rotated(ring.rotateDataKey(fresh.orElse(old), name, now))
        : KeyView.rotated(ring.rotate(fresh.orElseThrow(this::noNewKey), name, now));
  }

  private String labelOr(String other) {
    return label == null ? other : label;
  }

  private Optional<KeyProvider> fresh(Context context) {
    if (action != Action.ADD && action != Action.ROTATE) {
      return Optional.empty();
    }
    if (newKmsKey != null) {
      return Optional.of(context.adapters().keys(repository.otherKmsKey(newKmsKey, context)));
    }
    return Optional.ofNullable(newPassphraseFile)
        .map(SecretReference::file)
        .or(
            () ->
                context
                    .variable(NEW_PASSPHRASE)
                    .map(v -> new SecretReference(Place.ENVIRONMENT, NEW_PASSPHRASE)))
        .map(passphrase -> context.adapters().keys(KeySecret.of(passphrase)));
  }

  private void checkArguments() {
    if (id.isEmpty() == (action == Action.REMOVE)) {
      throw usage(
          "ID",
          id.isEmpty() ? "which key is to be removed was not said" : "only remove takes an ID",
          "see which there are: nsql-ops key list");
    }
    boolean making = action == Action.ADD || action == Action.ROTATE;
    if (newPassphraseFile != null && newKmsKey != null) {
      throw usage(
          "--new-kms-key",
          "a new passphrase and a new KMS key are two keys",
          "run key add once for each");
    }
    if (!making && (newPassphraseFile != null || newKmsKey != null || label != null)) {
      throw usage("key", "only add and rotate make a new key", "see nsql-ops key --help");
    }
    if (dataKey && action != Action.ROTATE) {
      throw usage("--data-key", "--data-key belongs to rotate", "see nsql-ops key --help");
    }
    if (label != null && (label.length() > 64 || !label.matches("[\\p{L}\\p{N}\\p{P}\\p{S} ]+"))) {
      throw usage("--label", "a label is one line of 1 to 64 characters", "choose a shorter one");
    }
  }

  private OpsException noNewKey() {
    return usage(
        "new passphrase",
        "there is no new passphrase or KMS key",
        "set " + NEW_PASSPHRASE + ", --new-passphrase-file or --new-kms-key");
  }

  private static OpsException usage(String object, String message, String hint) {
    return new OpsException(ErrorKind.USAGE, object, message, hint);
  }
}
