package io.nsqlops.backup.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqlops.backup.model.ChunkRef;
import io.nsqlops.backup.model.Column;
import io.nsqlops.backup.model.Content;
import io.nsqlops.backup.model.Manifest;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.RowFilter;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.Scope;
import io.nsqlops.backup.model.Selection;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.SnapshotPoint;
import io.nsqlops.backup.model.StoredObject;
import io.nsqlops.backup.model.Table;
import io.nsqlops.backup.model.TableBackup;
import io.nsqlops.backup.model.TableName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests, sections and schema objects come back from JSON as they were. */
class DocumentJsonTest {
  private static final String ID = "ab".repeat(32);

  @Test
  void manifests() {
    Manifest manifest =
        new Manifest(
            "20261124T020000Z-1a2b3c4d",
            CanonicalText.VERSION,
            new ServerInfo("tidb", "8.0.11-TiDB-v8.5.6", "db:4000"),
            new SnapshotPoint("tso:454", Instant.parse("2026-11-24T02:00:00.123456Z")),
            Instant.parse("2026-11-24T02:00:00Z"),
            Instant.parse("2026-11-24T02:10:00.000000001Z"),
            Map.of("a", "b", "", "\u0000\n\"é😀"),
            new Manifest.Totals(1, 2, Long.MAX_VALUE, 4, 5, 6, 7),
            new StoredObject("backups/x/schema", 10, ID),
            List.of(new StoredObject("backups/x/sections/000000", 10, ID)),
            List.of("view a.b: invalid"));
    assertThat(ManifestJson.read(ManifestJson.write(manifest))).isEqualTo(manifest);
  }

  @Property
  void sectionsWithAnyBytes(@ForAll byte[] ddl, @ForAll byte[] key, @ForAll byte[] row) {
    ChunkRef inline =
        new ChunkRef(ID, 1, row.length + 1, 0, RawText.of(key), false, RawText.of(row));
    ChunkRef stored = new ChunkRef(ID, 3, 1L << 40, 1L << 39, RawText.of(key), true, null);
    List<Column> columns = List.of(new Column("a\tb", "int", ""), new Column("", "text", "gbk"));
    Table keyed = new Table(new TableName("d`b", ""), columns, 1, true, RawText.of(ddl));
    Table keyless = new Table(new TableName("..", "é"), columns, 0, false, RawText.of(ddl));
    ChunkRef noKey = new ChunkRef(ID, 3, 5, 6, null, false, null);
    List<TableBackup> tables =
        List.of(
            new TableBackup(keyed, 21, List.of(inline, stored), ""),
            new TableBackup(keyless, 24, List.of(noKey), ID),
            new TableBackup(keyless, 24, List.of(), ID));

    assertThat(SectionJson.read(SectionJson.write(tables))).isEqualTo(tables);
  }

  @Property
  void schemaObjectsWithAnyBytes(@ForAll byte[] statement, @ForAll SchemaObject.Kind kind) {
    SchemaObject object =
        new SchemaObject(
            kind,
            "db",
            "na\nme",
            List.of(RawText.of(statement), RawText.ofUtf8("SELECT 1")),
            Map.of("sql_mode", "", "time_zone", "SYSTEM"),
            "warning",
            kind == SchemaObject.Kind.TRIGGER ? "its table" : "");
    assertThat(SchemaJson.read(SchemaJson.write(List.of(object, object))))
        .containsExactly(object, object);
  }

  @Test
  void utf8StaysReadable() {
    Table table =
        new Table(new TableName("shop", "items"), List.of(), 0, false, RawText.ofUtf8("CREATE é"));
    byte[] json = SectionJson.write(List.of(new TableBackup(table, 21, List.of(), ID)));
    assertThat(new String(json, StandardCharsets.UTF_8)).contains("CREATE é").contains("shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"version\": 2, \"objects\": [], \"tables\": []}",
        "{\"version\": 1}",
        "{\"version\": 1, \"objects\": [{}], \"tables\": [{}]}",
        "{\"version\": 1, \"objects\": ["
      })
  void otherDocumentsAreRefused(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> ManifestJson.read(bytes)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> SectionJson.read(bytes)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> SchemaJson.read(bytes)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void scopesAndConditions() {
    Scope scope =
        new Scope(
            new Selection(List.of("a.*"), List.of("a.b")),
            new RowFilter(List.of(new RowFilter.Condition("a.c", "x = 'é' OR y"))),
            Content.SCHEMA);
    StoredObject schema = new StoredObject("key", 1, ID);
    Manifest manifest =
        new Manifest(
            "id",
            1,
            new ServerInfo("mysql", "8", "h:1"),
            new SnapshotPoint("time", Instant.EPOCH),
            Instant.EPOCH,
            Instant.EPOCH,
            Map.of(),
            new Manifest.Totals(0, 0, 0, 0, 0, 0, 0),
            schema,
            List.of(),
            List.of(),
            scope);
    assertThat(ManifestJson.read(ManifestJson.write(manifest))).isEqualTo(manifest);
    Table table =
        new Table(new TableName("a", "c"), List.of(), 0, false, RawText.ofUtf8("CREATE"), "(x)");
    TableBackup backup = new TableBackup(table, 21, List.of(), ID);
    assertThat(SectionJson.read(SectionJson.write(List.of(backup)))).containsExactly(backup);
  }
}
