package io.nsqlops.cli.options;

import io.nsqlops.backup.codec.crypto.CryptoSuite;
import io.nsqlops.backup.config.BackupConfig;
import io.nsqlops.backup.config.RepositoryUri;
import io.nsqlops.backup.config.SecretReference;
import io.nsqlops.backup.config.SecretReference.Place;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.KeyProvider;
import io.nsqlops.backup.repository.Repository;
import io.nsqlops.backup.store.ObjectStore;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.context.KeySecret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which repository, and what opens it. */
public final class RepositoryOptions {
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

  @Mixin final KmsOptions kms = new KmsOptions();

  /** A repository and the store it lies in. */
  public record Open(ObjectStore store, Repository repository) implements AutoCloseable {
    @Override
    public void close() {
      store.close();
    }
  }

  /** Whether any of option, environment and file names a repository. */
  public boolean isNamed(Context context) {
    return named(context).isPresent();
  }

  /** Where the repository is. */
  public String address(Context context) {
    return named(context)
        .orElseThrow(
            () ->
                new OpsException(
                    ErrorKind.USAGE,
                    "--repo",
                    "no repository was named",
                    "add --repo REPO, set " + REPOSITORY + ", or name it in --config FILE"));
  }

  private Optional<String> named(Context context) {
    return Optional.ofNullable(repo)
        .or(() -> context.variable(REPOSITORY))
        .or(
            () ->
                context.backupConfig().flatMap(BackupConfig::repository).map(RepositoryUri::text));
  }

  /**
   * What opens the repository: the nearest of option, environment and file.
   *
   * @throws OpsException USAGE if a passphrase and a KMS key are equally near
   */
  public KeySecret secret(Context context) {
    return nearest(
            Optional.ofNullable(passphraseFile).map(SecretReference::file), kms.ofOption(), context)
        .or(
            () ->
                nearest(
                    context
                        .variable(PASSPHRASE)
                        .map(v -> new SecretReference(Place.ENVIRONMENT, PASSPHRASE)),
                    kms.ofEnvironment(context),
                    context))
        .or(() -> ofFile(context))
        .orElse(KeySecret.NONE);
  }

  private Optional<KeySecret> nearest(
      Optional<SecretReference> passphrase, Optional<String> kmsKey, Context context) {
    if (passphrase.isPresent() && kmsKey.isPresent()) {
      throw new OpsException(
          ErrorKind.USAGE,
          "--kms-key",
          "there are a passphrase ("
              + passphrase.get()
              + ") and a KMS key: one opens the repository",
          "take away the one or the other; a second key is added by: nsql-ops key add");
    }
    return passphrase.map(KeySecret::of).or(() -> kmsKey.map(id -> kmsKey(id, context)));
  }

  private KeySecret kmsKey(String id, Context context) {
    return KeySecret.of(kms.key(id, context));
  }

  private Optional<KeySecret> ofFile(Context context) {
    return context
        .backupConfig()
        .map(BackupConfig::secrets)
        .flatMap(
            secrets ->
                secrets
                    .repositoryPassphrase()
                    .map(KeySecret::of)
                    .or(() -> secrets.repositoryKmsKey().map(key -> kmsKey(key.id(), context))));
  }

  /** A KMS key besides the one that opens the repository, in the same service. */
  public KeySecret otherKmsKey(String id, Context context) {
    return kmsKey(id, context);
  }

  /** What opens the repository. */
  public KeyProvider keys(Context context) {
    return context.adapters().keys(secret(context));
  }

  /** Opens the repository for a few small objects. */
  public Open open(Context context) {
    return open(context, (store, keys) -> Repository.open(store, keys, CryptoSuite.forSmall()));
  }

  /** Opens the repository to move data, which may take longer. */
  public Open openForBulk(Context context) {
    return open(context, RepositoryOptions::openForBulk);
  }

  /** The library loads while the key is derived. */
  private static Repository openForBulk(ObjectStore store, KeyProvider keys) {
    Thread loading = CryptoSuite.prepareForBulk();
    try {
      return Repository.open(store, keys, CryptoSuite::forBulk);
    } finally {
      try {
        loading.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Open open(Context context, BiFunction<ObjectStore, KeyProvider, Repository> opening) {
    ObjectStore store = context.adapters().store(address(context));
    try {
      return new Open(store, opening.apply(store, keys(context)));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }
}
