package io.nsqlops.backup.engine.mysql.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.exceptions.CommunicationsException;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class MysqlErrorsTest {
  @Test
  void aCertificateOutOfItsDatesIsNoMatterOfTheNetwork() {
    String date = "Sat Nov 28 16:00:00 UTC 2026";
    OpsException early = of(new CertificateNotYetValidException("NotBefore: " + date));
    assertThat(early.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(early.getMessage())
        .isEqualTo(
            "db:3306 has a certificate that is not valid yet by the clock here: it begins " + date);
    assertThat(early.hint()).contains("clock of this machine").contains("renew");

    OpsException late = of(new CertificateExpiredException("NotAfter: " + date));
    assertThat(late.kind()).isEqualTo(ErrorKind.USAGE);
    assertThat(late.getMessage()).contains("no longer valid").endsWith("it ended " + date);

    OpsException other = of(new CertificateException("something else"));
    assertThat(other.kind()).isEqualTo(ErrorKind.TRANSIENT);
    assertThat(other.getMessage()).startsWith("cannot reach db:3306");
  }

  private static OpsException of(CertificateException reason) {
    SSLHandshakeException handshake = new SSLHandshakeException("handshake");
    handshake.initCause(new CertificateException("wrapped", reason));
    SQLException thrown = new CommunicationsException("link failure", handshake);
    return MysqlErrors.of("db:3306", thrown);
  }
}
