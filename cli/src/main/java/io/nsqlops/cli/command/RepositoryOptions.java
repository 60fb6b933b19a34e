package io.nsqlops.cli.command;

import io.nsqlops.backup.codec.crypto.CryptoSuite;
import io.nsqlops.backup.config.SecretReference;
import io.nsqlops.backup.config.SecretReference.Place;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.ObjectStore;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which repository, and what opens it. */
final class RepositoryOptions {
  private static final String REPOSITORY = "NSQL_OPS_REPO";
  private static final String PASSPHRASE = "NSQL_OPS_PASSPHRASE";

  @Option(
      names = "--repo",
      paramLabel = "REPO",
      description = "The repository; default: $" + REPOSITORY + ".")
  @Nullable String repo;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "A file that holds the passphrase; default: $" + PASSPHRASE + ".")
  @Nullable Path passphraseFile;

  /** A repository and the store it lies in. */
  record Open(ObjectStore store, Repository repository) implements AutoCloseable {
    @Override
    public void close() {
      store.close();
    }
  }

  String address(Context context) {
    return Optional.ofNullable(repo)
        .or(() -> context.variable(REPOSITORY))
        .orElseThrow(
            () ->
                new OpsException(
                    ErrorKind.USAGE,
                    "--repo",
                    "no repository was named",
                    "add --repo REPO, or set " + REPOSITORY));
  }

  /** Where the passphrase is; empty for a repository that is not encrypted. */
  Optional<SecretReference> passphrase(Context context) {
    return Optional.ofNullable(passphraseFile)
        .map(SecretReference::file)
        .or(
            () ->
                context
                    .variable(PASSPHRASE)
                    .map(v -> new SecretReference(Place.ENVIRONMENT, PASSPHRASE)));
  }

  Open open(Context context, CryptoSuite suite) {
    ObjectStore store = context.adapters().store(address(context));
    try {
      SecretReference passphrase = passphrase(context).orElse(null);
      return new Open(store, Repository.open(store, context.adapters().keys(passphrase), suite));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }
}
