package io.nsqlops.cli.options;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.KmsKey;
import io.nsqlops.cli.context.Context;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A key of a key service, and where that is. */
public final class KmsOptions {
  private static final String KEY = "NSQL_OPS_KMS_KEY";
  private static final String ENDPOINT = "NSQL_OPS_KMS_ENDPOINT";
  private static final String REGION = "NSQL_OPS_KMS_REGION";

  @Option(
      names = "--kms-key",
      paramLabel = "KEY",
      description =
          "ARN, id or alias/NAME of the KMS key that opens the repository, instead of a passphrase;"
              + " default: $"
              + KEY
              + ".")
  @Nullable String key;

  @Option(
      names = "--kms-endpoint",
      paramLabel = "URL",
      description = "Address of the key service, if it is not AWS's; default: $" + ENDPOINT + ".")
  @Nullable String endpoint;

  @Option(
      names = "--kms-region",
      paramLabel = "REGION",
      description = "Region of the key, if its ARN does not say; default: $" + REGION + ".")
  @Nullable String region;

  Optional<String> ofOption() {
    return Optional.ofNullable(key);
  }

  Optional<String> ofEnvironment(Context context) {
    return context.variable(KEY);
  }

  /** The key of this id, where the options and the environment say the service is. */
  public KmsKey key(String id, Context context) {
    Optional<KmsKey> file =
        context.backupConfig().flatMap(c -> c.secrets().repositoryKmsKey());
    URI where =
        Optional.ofNullable(endpoint)
            .or(() -> context.variable(ENDPOINT))
            .map(text -> checked("--kms-endpoint", () -> KmsKey.checkedEndpoint(text)))
            .or(() -> file.map(KmsKey::endpoint))
            .orElse(null);
    String in =
        Optional.ofNullable(region)
            .or(() -> context.variable(REGION))
            .or(() -> file.map(KmsKey::region))
            .orElse(null);
    return checked("--kms-key", () -> new KmsKey(id, where, in));
  }

  private static <T> T checked(String option, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException e) {
      throw new OpsException(
          ErrorKind.USAGE,
          option,
          option + " " + e.getMessage(),
          "see docs/object-stores.md",
          e);
    }
  }
}
