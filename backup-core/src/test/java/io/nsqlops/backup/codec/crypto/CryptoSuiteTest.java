package io.nsqlops.backup.codec.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.security.Security;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("sets a system property")
class CryptoSuiteTest {

  @AfterEach
  void clear() {
    System.clearProperty(CryptoSuite.PROPERTY);
  }

  @Test
  void thePropertyForcesASuite() {
    System.setProperty(CryptoSuite.PROPERTY, "jdk");

    assertThat(CryptoSuite.forBulk()).isEqualTo(CryptoSuite.JDK);
  }

  @Test
  void bulkWorkTakesTheNativeSuiteWhereItLoads() {
    CryptoSuite expected = CryptoSuite.NATIVE.isAvailable() ? CryptoSuite.NATIVE : CryptoSuite.JDK;

    assertThat(CryptoSuite.forBulk()).isEqualTo(expected);
    assertThat(CryptoSuite.forSmall()).isEqualTo(CryptoSuite.JDK);
  }

  @Test
  void anUnknownNameIsAUsageError() {
    System.setProperty(CryptoSuite.PROPERTY, "rot13");

    OpsException e = catchThrowableOfType(OpsException.class, CryptoSuite::forBulk);
    assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(e.getMessage()).contains("rot13");
  }

  @Test
  void theNativeProviderIsNotInstalledForEverybody() {
    CryptoSuite.NATIVE.isAvailable();

    assertThat(Security.getProvider("AmazonCorrettoCryptoProvider")).isNull();
  }
}
