package io.nsqlops.backup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.backup.codec.RowBuffer;
import io.nsqlops.backup.codec.RowSink;
import io.nsqlops.backup.model.KeyRange;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableName;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of a table, cut where the server says, hold each row once; whatever the key is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RangesContract {
  private static final int ROWS = 20_000;
  private static final int PARTS = 6;

  private TestedEngine engine;

  /** An empty server. */
  protected abstract TestedEngine start(Path directory);

  /** Whether keys that are no single integer can be divided at the first backup. */
  protected boolean knowsSizes() {
    return true;
  }

  @BeforeAll
  void fill(@TempDir Path directory) throws SQLException {
    engine = start(directory);
    List<String> statements = new ArrayList<>();
    statements.add("CREATE DATABASE keys_");
    statements.add("USE keys_");
    statements.add("CREATE TABLE n (n INT PRIMARY KEY)");
    statements.add("INSERT INTO n VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)");
    statements.add("CREATE TABLE s (i INT PRIMARY KEY)");
    statements.add(
        "INSERT INTO s SELECT a.n+10*b.n+100*c.n+1000*d.n+10000*e.n"
            + " FROM n a, n b, n c, n d, n e WHERE e.n<2");
    statements.addAll(made("plain", "id INT", "id", "i"));
    statements.addAll(made("negative", "id BIGINT", "id", "i*1000000007-9000000000000"));
    statements.addAll(made("huge", "id BIGINT UNSIGNED", "id", "18446744073709551615-i*3"));
    statements.addAll(
        made("gapped", "id BIGINT", "id", "IF(i<18000,i,i*CAST(1000000000 AS SIGNED))"));
    statements.addAll(made("text_", "id VARCHAR(40) CHARACTER SET utf8mb4", "id", "SHA1(i)"));
    statements.addAll(
        made(
            "quotes",
            "id VARCHAR(50) CHARACTER SET utf8mb4",
            "id",
            "CONCAT(CHAR(39 USING utf8mb4),CHAR(92 USING utf8mb4),SHA1(i))"));
    statements.addAll(
        made("latin", "id CHAR(44) CHARACTER SET latin1", "id", "CONCAT('é',SHA1(i))"));
    statements.addAll(made("bytes", "id VARBINARY(20)", "id", "UNHEX(SHA1(i))"));
    statements.addAll(made("money", "id DECIMAL(20,6)", "id", "i*1.000001-10000"));
    statements.addAll(
        made("moment", "id DATETIME(6)", "id", "'2024-01-01'+INTERVAL i*1234567 MICROSECOND"));
    statements.addAll(
        made("pair", "a INT, b VARCHAR(40), c DATE", "a,b,c", "i%3, SHA1(i), '2024-01-01'"));
    statements.addAll(made("same", "a VARCHAR(9), b INT", "a,b", "'one', i"));
    engine.server().execute(statements.toArray(String[]::new));
  }

  private static List<String> made(String name, String columns, String key, String values) {
    return List.of(
        "CREATE TABLE %s (%s, v INT, PRIMARY KEY (%s))".formatted(name, columns, key),
        "INSERT INTO %s SELECT %s, i FROM s".formatted(name, values),
        "ANALYZE TABLE " + name);
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "negative",
        "huge",
        "gapped",
        "text_",
        "quotes",
        "latin",
        "bytes",
        "money",
        "moment",
        "pair",
        "same"
      })
  void rangesTile(String name) {
    try (Snapshot snapshot = engine.exporter().open(1, Duration.ofSeconds(30));
        TableReader reader = snapshot.reader()) {
      Table table = reader.describe(new TableName("keys_", name));
      List<RawText> keys = reader.splitKeys(table, PARTS);
      boolean integer = table.keyColumns() == 1 && table.key().get(0).type().endsWith("int");
      if (integer || knowsSizes()) {
        assertThat(keys).hasSizeBetween(PARTS - 2, PARTS - 1).doesNotHaveDuplicates();
      }
      Rows all = new Rows();
      List<Integer> sizes = new ArrayList<>();
      for (KeyRange range : KeyRange.tile(keys)) {
        int before = all.rows.size();
        reader.read(table, range, Long.MAX_VALUE, all);
        sizes.add(all.rows.size() - before);
      }
      Rows once = new Rows();
      reader.read(table, KeyRange.all(), Long.MAX_VALUE, once);

      assertThat(all.rows).isEqualTo(once.rows).hasSize(ROWS).doesNotHaveDuplicates();
      assertThat(reader.count(table)).isEqualTo(ROWS);
      assertThat(reader.count(table.where("v<7"))).isEqualTo(7);
      if (keys.size() >= PARTS - 2 && knowsSizes()) {
        assertThat(sizes).allSatisfy(s -> assertThat(s).isLessThan(ROWS / 2));
      }
    }
  }

  private static final class Rows implements RowSink {
    private final RowBuffer buffer = new RowBuffer(1024);
    private final List<String> rows = new ArrayList<>();

    @Override
    public RowBuffer buffer() {
      buffer.length = 0;
      return buffer;
    }

    @Override
    public boolean row(int start, int keyEnd) {
      rows.add(RawText.copyOf(buffer.bytes, start, buffer.length - start).toString());
      return true;
    }
  }
}
