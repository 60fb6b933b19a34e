package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.TableName;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What relatives of MySQL have that a target lacks.
 *
 * @param refused what the target does not take, and why
 * @param doubtful what the target takes in some forms only
 * @param lost what it takes and forgets
 * @param kinds objects it does not have
 */
record Features(
    List<Feature> refused, List<Feature> doubtful, List<Feature> lost, Set<Kind> kinds) {

  /**
   * Something in the definition of a table.
   *
   * @param pattern found in the definition without what is in quotes
   */
  record Feature(Pattern pattern, String name) {
    static Feature of(String regex, String name) {
      return new Feature(Pattern.compile("(?i)" + regex), name);
    }
  }

  private static final List<Feature> OF_MARIADB =
      List.of(
          Feature.of("WITH(OUT)? SYSTEM VERSIONING", "system versioning"),
          Feature.of("\\bPERIOD FOR\\b", "periods"),
          Feature.of("\\bnext(_value_for|val)?\\s*\\(", "defaults out of sequences"),
          Feature.of("\\n\\s+(uuid|inet4|inet6|xmltype)\\b", "types of MariaDB"),
          Feature.of("PAGE_CHECKSUM=|TRANSACTIONAL=|PAGE_COMPRESSED|IETF_QUOTES", "table options"),
          Feature.of("/\\*M?!\\d*\\s+COMPRESSED", "compressed columns"));

  private static final List<Feature> OF_MYSQL =
      List.of(
          Feature.of("\\bKEY +\\(\\(\\D", "indexes on expressions"),
          Feature.of("/\\*!80016 SRID", "restricted spatial references"));

  private static final List<Feature> LOST_OF_MYSQL =
      List.of(
          Feature.of("/\\*!80023 INVISIBLE \\*/", "invisible columns become visible"),
          Feature.of("/\\*!80000 INVISIBLE \\*/", "indexes that are ignored are used"),
          Feature.of("ENCRYPTION=", "encryption"));

  private static final List<Feature> OF_MYSQL_NOT_TIDB =
      List.of(
          Feature.of(
              "\\s(geometry|point|linestring|polygon|multi(point|linestring|polygon)"
                  + "|geomcollection|geometrycollection)\\b",
              "spatial types"),
          Feature.of("\\bSPATIAL KEY\\b", "spatial indexes"));

  private static final List<Feature> LOST_IN_TIDB =
      List.of(
          Feature.of("\\bFULLTEXT KEY\\b", "full-text indexes"),
          Feature.of("\\bCHECK +\\(", "checks, unless tidb_enable_check_constraint is ON"));

  /** TiDB takes functions by name, and these with any arguments they are likely to have. */
  private static final List<Feature> DOUBTFUL_IN_TIDB =
      List.of(
          Feature.of(
              "\\bDEFAULT +\\((?!(uuid|rand|now|curdate|date_format|str_to_date|uuid_to_bin"
                  + "|json_array|json_object|json_quote)\\()",
              "defaults out of expressions"));

  private static final String VERIFIED =
      ", if a row holds one: the verification then ends with exit code 4, and --verify none takes it";

  private static final Feature NEGATIVE_ZERO =
      Feature.of(
          "\\s(float|double)\\b", "-0 in FLOAT and DOUBLE columns, which becomes 0" + VERIFIED);

  private static final Feature JSON_DECIMALS =
      Feature.of("\\sjson\\b", "decimals in JSON, which become doubles (19.90 is 19.9)" + VERIFIED);

  /** What is lost of one server in another, as far as {@link #lackedBy(ServerInfo)} goes. */
  static Features lackedBy(ServerInfo target, ServerInfo source) {
    Features lacked = lackedBy(target);
    return switch (source.engine() + " into " + target.engine()) {
      case "mysql into mariadb", "tidb into mariadb", "oceanbase into mariadb" ->
          lacked.losing(NEGATIVE_ZERO);
      case "mysql into tidb" -> lacked.losing(JSON_DECIMALS);
      default -> lacked;
    };
  }

  private Features losing(Feature too) {
    return new Features(refused, doubtful, concat(lost, List.of(too)), kinds);
  }

  static Features lackedBy(ServerInfo target) {
    return switch (target.engine()) {
      case "mariadb" -> new Features(OF_MYSQL, List.of(), LOST_OF_MYSQL, Set.of());
      case "mysql" ->
          new Features(
              OF_MARIADB,
              List.of(),
              List.of(),
              Set.of(Kind.SEQUENCE, Kind.PACKAGE, Kind.PACKAGE_BODY));
      case "tidb" ->
          new Features(
              concat(OF_MARIADB.subList(0, 2), OF_MYSQL_NOT_TIDB),
              DOUBTFUL_IN_TIDB,
              LOST_IN_TIDB,
              Set.copyOf(concat(Kind.ROUTINES, List.of(Kind.TRIGGER, Kind.EVENT))));
      default -> new Features(List.of(), List.of(), List.of(), Set.of());
    };
  }

  private static <T> List<T> concat(List<T> a, List<T> b) {
    return java.util.stream.Stream.concat(a.stream(), b.stream()).toList();
  }

  void table(String ddl, TableName name, Findings findings) {
    for (Feature feature : refused) {
      if (feature.pattern().matcher(ddl).find()) {
        findings.problem("the target does not take " + feature.name(), name);
      }
    }
    for (Feature feature : doubtful) {
      if (feature.pattern().matcher(ddl).find()) {
        findings.note(
            "the target may refuse %s: the table is then missing, and the restore ends with exit code 3"
                .formatted(feature.name()),
            name);
      }
    }
    for (Feature feature : lost) {
      if (feature.pattern().matcher(ddl).find()) {
        findings.note("lost in the target: " + feature.name(), name);
      }
    }
  }

  void object(SchemaObject object, Findings findings) {
    if (!kinds.contains(object.kind())) {
      return;
    }
    if (object.kind() == Kind.SEQUENCE) {
      findings.problem("the target has no sequences (leave them out with --exclude)", object);
    } else {
      findings.note("the target has nothing of this kind, so it will be missing", object);
    }
  }
}
