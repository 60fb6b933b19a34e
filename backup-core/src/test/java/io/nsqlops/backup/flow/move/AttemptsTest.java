package io.nsqlops.backup.flow.move;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.dump.read.Statement;
import io.nsqlops.backup.dump.read.StatementSplitter;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private final Attempts attempts = new Attempts();

  /** What is run of a script; the server refuses what begins with {@code refused}. */
  private List<String> run(String script, String refused) throws IOException {
    List<String> run = new ArrayList<>();
    attempts.again();
    StatementSplitter splitter =
        new StatementSplitter(
            new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)),
            StatementSplitter.Ending.DELIMITER);
    for (Optional<Statement> next = splitter.next(); next.isPresent(); next = splitter.next()) {
      Statement statement = next.get();
      String verb = statement.verb();
      attempts.before(statement, verb);
      if (statement.isEmpty() || !attempts.wants(statement, verb)) {
        continue;
      }
      String sql = new String(statement.sql(), StandardCharsets.UTF_8);
      run.add(sql);
      if (!refused.isEmpty() && sql.startsWith(refused)) {
        attempts.forgives(
            new OpsException(ErrorKind.USAGE, "script", "refused", "This is a test."));
      } else {
        attempts.ran(statement, verb);
      }
    }
    return run;
  }

  @Test
  void everyStatementOfALineIsRun() throws IOException {
    String script = "SET x=1; DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT 1; CREATE VIEW w;\n;;";
    assertThat(run(script, "CREATE VIEW v"))
        .containsExactly(
            "SET x=1", "DROP VIEW IF EXISTS v", "CREATE VIEW v AS SELECT 1", "CREATE VIEW w");
    assertThat(attempts.failures()).hasSize(1);
    assertThat(run(script, "")).containsExactly("SET x=1", "CREATE VIEW v AS SELECT 1");
    assertThat(attempts.failures()).isEmpty();
    assertThat(attempts.succeeded()).isEqualTo(3);
  }
}
