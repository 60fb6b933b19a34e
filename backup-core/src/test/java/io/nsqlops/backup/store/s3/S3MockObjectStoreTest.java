package io.nsqlops.backup.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** S3Mock checks no signatures, which allows to play a store that ignores conditions. */
class S3MockObjectStoreTest extends S3StoreContract {

  @Override
  URI endpoint() {
    return URI.create(System.getProperty("x.s3mock"));
  }

  @Override
  AwsBasicCredentials credentials() {
    return AwsBasicCredentials.create("any", "any");
  }

  @Test
  void aStoreThatIgnoresConditionsIsFoundAndHandled() throws IOException {
    try (CuttingProxy proxy = new CuttingProxy(endpoint());
        S3ObjectStore probed = store(proxy.endpoint());
        S3ObjectStore unprobed = store(proxy.endpoint())) {
      proxy.hideConditions();
      assertThat(probed.probe().conditionalPut()).isFalse();
      assertThat(probed.list("")).isEmpty();

      for (S3ObjectStore store : new S3ObjectStore[] {probed, unprobed}) {
        assertThat(store.putIfAbsent("a", bytes("first"))).isTrue();
        assertThat(store.putIfAbsent("a", bytes("second"))).isFalse();
        assertThat(store.get("a")).hasValue(bytes("first"));
      }
    }
  }
}
