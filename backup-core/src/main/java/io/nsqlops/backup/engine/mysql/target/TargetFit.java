package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.Incoming;
import io.nsqlops.backup.engine.Preflight;
import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.Definer;
import io.nsqlops.backup.model.QuotedText;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.SchemaObject.Kind;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a target whether it knows all that is about to be made in it. Writes nothing. */
public final class TargetFit {
  private static final Pattern CHARSET =
      Pattern.compile("(?i)(?:CHARSET ?=? ?|CHARACTER SET ?=? ?)(\\w+)");
  private static final Pattern COLLATION = Pattern.compile("(?i)COLLATE ?=? ?(\\w+)");
  private static final Pattern ENGINE = Pattern.compile("(?i)ENGINE=(\\w+)");
  private static final Pattern DISABLED =
      Pattern.compile("ON COMPLETION (?:NOT )?PRESERVE DISABLE\\b");

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");

  private final Catalogue catalogue;
  private final ServerInfo server;
  private final Findings findings = new Findings();
  private final Set<String> charsets = new HashSet<>();
  private final Set<String> collations = new HashSet<>();
  private final Set<String> engines = new HashSet<>();

  public TargetFit(Catalogue catalogue, ServerInfo server) {
    this.catalogue = catalogue;
    this.server = server;
  }

  public Preflight check(Incoming incoming) {
    collect("SELECT CHARACTER_SET_NAME FROM information_schema.CHARACTER_SETS", charsets);
    collect("SELECT COLLATION_NAME FROM information_schema.COLLATIONS", collations);
    // known everywhere, listed nowhere
    charsets.add("filename");
    collations.add("filename");
    // MariaDB lists some collations without the character set they go with
    collect(
        "SELECT CONCAT(CHARACTER_SET_NAME, '_', COLLATION_NAME) FROM"
            + " information_schema.COLLATION_CHARACTER_SET_APPLICABILITY"
            + " WHERE COLLATION_NAME LIKE 'uca%'",
        collations);
    collect(
        "SELECT ENGINE FROM information_schema.ENGINES WHERE SUPPORT IN ('YES','DEFAULT')",
        engines);
    versions(incoming.source());
    letterCase(incoming);
    Features features = Features.lackedBy(server, incoming.source());
    boolean addsDefaults = addsDefaults();
    boolean computesInUtc = server.engine().equals("tidb") && !ServerZone.of(catalogue).isUtc();
    boolean otherKind =
        !incoming.source().engine().isEmpty()
            && !incoming.source().engine().equals(server.engine());
    for (Table table : incoming.tables()) {
      if (Catalogue.isSystem(table.name().database())) {
        findings.problem(
            "databases of the server's own are no place to restore into", table.name());
      }
      String ddl = unquoted(table.ddl());
      names(ddl, table.name());
      CreateTable parsed = CreateTable.parse(table.ddl());
      if (otherKind && parsed.hasStoredComputation()) {
        findings.note(
            "stored generated columns are computed by the target, perhaps otherwise, and are not"
                + " compared",
            table.name());
      }
      if (computesInUtc && parsed.computesByZone()) {
        findings.note(
            "what the target computes from timestamps it computes in UTC, not in its own time zone",
            table.name());
      }
      if (addsDefaults && parsed.hasTimestampWithoutDefault()) {
        findings.problem(
            "the target would make timestamps without a default change with every update; start it"
                + " with explicit_defaults_for_timestamp=ON",
            table.name());
      }
      features.table(ddl, table.name(), findings);
    }
    for (SchemaObject object : incoming.objects()) {
      object(object);
      features.object(object, findings);
    }
    definers(incoming.objects());
    return findings.preflight();
  }

  private void collect(String sql, Set<String> into) {
    catalogue.each(
        sql,
        List.of(),
        row -> {
          String name = lower(String.valueOf(row.getString(1)));
          into.add(name);
          // one character set, called otherwise by old and new versions, which know both names
          into.add(name.replaceFirst("^utf8(_.*)?$", "utf8mb3$1"));
          into.add(name.replaceFirst("^utf8mb3", "utf8"));
        });
  }

  private static String unquoted(RawText text) {
    return QuotedText.without(text.latin1());
  }

  private void versions(ServerInfo source) {
    if (source.engine().isEmpty()) {
      return;
    }
    if (!source.engine().equals(server.engine())) {
      findings.note(
          "the backup is of %s, the target is %s: what only one of them knows may be refused"
              .formatted(source.engine(), server.engine()),
          source.version() + " into " + server.version());
    } else if (version(source.version()) > version(server.version())) {
      findings.note(
          "the target is older than the server the backup is of",
          source.version() + " into " + server.version());
    }
  }

  private static long version(String text) {
    Matcher matcher = VERSION.matcher(text.replaceFirst("^.*TiDB-v", ""));
    return matcher.find()
        ? Long.parseLong(matcher.group(1)) * 1000 + Long.parseLong(matcher.group(2))
        : 0;
  }

  /** Where names ignore case, two tables may become one, or one that is there already. */
  private void letterCase(Incoming incoming) {
    String mode = catalogue.one("SELECT @@lower_case_table_names");
    if (mode.equals("0")) {
      return;
    }
    Set<String> names = new LinkedHashSet<>();
    for (Table table : incoming.tables()) {
      names.add(table.name().database());
      names.add(table.name().toString());
    }
    for (SchemaObject object : incoming.objects()) {
      switch (object.kind()) {
        case DATABASE -> names.add(object.name());
        case VIEW, SEQUENCE -> names.add(object.database() + "." + object.name());
        case ACCOUNT, FUNCTION, PROCEDURE, PACKAGE, PACKAGE_BODY, TRIGGER, EVENT, GRANTS -> {
          // their own names ignore case everywhere or nowhere, whatever the target is set to
        }
      }
    }
    Map<String, String> seen = new HashMap<>();
    for (String name : names) {
      String twin = seen.put(lower(name), name);
      if (twin != null) {
        findings.problem("names of tables ignore case in the target", twin + " and " + name);
      }
    }
    if (mode.equals("1")) {
      names.stream().filter(n -> !n.equals(lower(n))).forEach(this::becomesLower);
    } else {
      requireNoTwins(names);
    }
  }

  private void becomesLower(String name) {
    findings.problem(
        "names become lower case in the target; choose such names with --rename", name);
  }

  /** The target keeps the letters of a name as they are, and finds it by any. */
  private void requireNoTwins(Set<String> names) {
    Map<String, String> there = new HashMap<>();
    catalogue.databases().forEach(d -> there.put(lower(d), d));
    catalogue.relations().keySet().forEach(r -> there.put(lower(r.toString()), r.toString()));
    for (String name : names) {
      String twin = there.getOrDefault(lower(name), name);
      if (!twin.equals(name)) {
        findings.problem(
            "exists in other letters in the target, which ignores case; drop it there or choose"
                + " another name with --rename",
            name + " as " + twin);
      }
    }
  }

  private void names(String ddl, Object about) {
    missing(CHARSET, ddl, charsets)
        .ifPresent(n -> findings.problem("the target does not know character set " + n, about));
    missing(COLLATION, ddl, collations)
        .ifPresent(n -> findings.problem("the target does not know collation " + n, about));
    missing(ENGINE, ddl, engines)
        .ifPresent(
            n ->
                findings.note(
                    "the target has no storage engine " + n + " and takes its own", about));
  }

  private static Optional<String> missing(Pattern pattern, String ddl, Set<String> known) {
    Matcher matcher = pattern.matcher(ddl);
    while (matcher.find()) {
      if (!known.contains(lower(matcher.group(1)))) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }

  private void object(SchemaObject object) {
    if (object.kind() == Kind.DATABASE) {
      object.statements().forEach(s -> names(unquoted(s), object));
      return;
    }
    String collation = object.session().getOrDefault("collation_connection", "");
    if (!collation.isEmpty() && !collations.contains(lower(collation))) {
      findings.note("not made, because the target does not know collation " + collation, object);
    }
    if (!object.warning().isEmpty()) {
      findings.note("was not valid when it was backed up", object);
    }
    boolean event = object.kind() == Kind.EVENT && !isDisabled(object);
    if (event && ExpiredEvent.is(object, catalogue)) {
      findings.note(
          "its time is over: made disabled, because the server would drop it or run it late",
          object);
    } else if (event && catalogue.one("SELECT @@event_scheduler").equals("ON")) {
      findings.note(
          "events run as soon as the rows are verified, because event_scheduler is ON", object);
    }
  }

  /** Newer servers have no such variable to show, and add none. */
  private boolean addsDefaults() {
    List<String> shown = new ArrayList<>();
    catalogue.each(
        "SHOW SESSION VARIABLES LIKE 'explicit\\_defaults\\_for\\_timestamp'",
        List.of(),
        row -> shown.add(row.getString(2)));
    return shown.contains("OFF");
  }

  private static boolean isDisabled(SchemaObject event) {
    return event.statements().stream()
        .map(s -> unquoted(s))
        .anyMatch(s -> DISABLED.matcher(s).find());
  }

  private void definers(List<SchemaObject> objects) {
    Set<String> known = new HashSet<>();
    objects.stream()
        .filter(o -> o.kind() == Kind.ACCOUNT)
        .forEach(o -> known.add(o.name().replaceAll("['`]", "")));
    Map<Definer, Boolean> asked = new HashMap<>();
    for (SchemaObject object : objects) {
      for (RawText statement : object.statements()) {
        Definer definer = Definer.of(statement).orElse(null);
        if (definer == null || known.contains(definer.toString())) {
          continue;
        }
        try {
          if (!asked.computeIfAbsent(definer, this::exists)) {
            findings.note(
                "definer "
                    + definer
                    + " does not exist in the target, so nobody can use them until"
                    + " it does (see --definers and --definer-map)",
                object);
          }
        } catch (OpsException e) {
          findings.note("whether definers exist cannot be told", String.valueOf(e.getMessage()));
          return;
        }
      }
    }
  }

  private boolean exists(Definer definer) {
    String count =
        catalogue.one(
            "SELECT COUNT(*) FROM mysql.user WHERE User=%s AND Host=%s"
                .formatted(Sql.string(definer.user()), Sql.string(definer.host())));
    return !count.equals("0");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
