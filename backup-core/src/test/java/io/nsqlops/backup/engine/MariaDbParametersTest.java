package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.engine.mysql.target.Dialect;
import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import io.nsqlops.testbeds.server.MariaDbServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * As {@link MariaDbEngineTest}, but on a server without a binary log, so that rows arrive as
 * parameters, however short and few they are.
 */
@NeedsBed(Bed.MARIADB)
class MariaDbParametersTest extends MariaDbEngineTest {
  @Override
  protected TestedEngine start(Path directory) {
    Dialect usual = Dialect.MARIADB;
    return new TestedEngine(
        MariaDbServer.start(directory, "--log-output=TABLE"),
        new Dialect(usual.loadSettings(), true, usual.textTypes(), 0, false));
  }

  @Test
  void whatIsVeryLongOrWarnedOfOrCannotBeTriedTwiceGoesAnotherWay() throws SQLException {
    hardData();
    assertThat(GeneralLog.ofRestore(engine(), "hard", GeneralLog.LOAD))
        .containsExactly(
            "`hard`.`allgen`",
            "`hard`.`base1`",
            "`hard`.`computes`",
            "`hard`.`enumerror`",
            "`hard`.`large`",
            "`hard`.`myisam`");
  }

  @Test
  void manyRowsUnderAnyName() throws SQLException {
    fill("'x'");
    List<String> databases = List.of("big");
    Map<String, List<String>> before = engine().rows(databases);

    assertThat(GeneralLog.ofRestore(engine(), "big", GeneralLog.LOAD)).isEmpty();

    assertThat(engine().rows(databases)).isEqualTo(before);
  }

  @Test
  void whatIsRefusedAmidManyStatementsArrivesOnce() throws SQLException {
    // the error value of an ENUM, in a row far from the first
    fill("IF(seq=7777, 'none', 'x')");
    List<String> databases = List.of("big");
    Map<String, List<String>> before = engine().rows(databases);

    assertThat(GeneralLog.ofRestore(engine(), "big", GeneralLog.LOAD))
        .containsExactly("`big`.`größe`");

    assertThat(engine().rows(databases)).isEqualTo(before);
  }

  private void fill(String e) throws SQLException {
    engine()
        .server()
        .execute(
            "CREATE DATABASE big",
            "USE big",
            "CREATE TABLE big.`größe` (id INT PRIMARY KEY, `schlüssel` VARCHAR(40), n INT,"
                + " l VARCHAR(20) CHARACTER SET latin1, b VARBINARY(40), e ENUM('x','y'))",
            "INSERT IGNORE INTO big.`größe` SELECT seq, CONCAT('ключ\\t', seq),"
                + " IF(MOD(seq, 3), seq, NULL), 'é', UNHEX(SHA1(seq)), %s FROM seq_1_to_20000"
                    .formatted(e));
  }
}
