package io.nsqlops.logs.parse.mysqlslow;

import io.nsqlops.logs.model.EcsDocument;
import io.nsqlops.logs.model.EcsField;
import io.nsqlops.logs.model.LineRole;
import io.nsqlops.logs.parse.Ascii;
import io.nsqlops.logs.parse.Decimals;
import io.nsqlops.logs.parse.Degraded;
import io.nsqlops.logs.parse.Instants;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.slow.SlowEntry;
import io.nsqlops.logs.parse.slow.SlowEntry.Span;
import io.nsqlops.logs.parse.slow.SlowField;
import io.nsqlops.logs.parse.slow.SlowField.Kind;
import io.nsqlops.logs.parse.slow.SlowFields;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The logs of statements, which begin with the same banner. Of the slow ones, entries of a {@code #
 * Time:}, a {@code # User@Host:}, further keys and the statement; of the general log, {@linkplain
 * GeneralLine lines}.
 *
 * <p>MySQL's time is in RFC 3339; that of MariaDB is {@code yyMMdd H:mm:ss} and left out where it
 * is that of the entry before, but {@code SET timestamp} in front of the statement tells it. The
 * banner the server writes when it opens the file is an event of its own.
 */
public final class MysqlSlowLog implements LineFormat {
  private static final byte[] TIME = Ascii.bytes("# Time: ");
  private static final byte[] USER = Ascii.bytes("# User@Host: ");
  private static final byte[] QUERY_TIME = Ascii.bytes("\n# Query_time: ");
  private static final byte[] ID = Ascii.bytes("  Id: ");
  private static final byte[] VERSION = Ascii.bytes(", Version: ");
  private static final byte[] STARTED = Ascii.bytes("started with:");
  private static final byte[] COLUMNS = Ascii.bytes("Time                 Id Command");
  private static final byte[] OLD_COLUMNS = Ascii.bytes("Time\t\t    Id Command");
  private static final byte[] SET = Ascii.bytes("SET ");
  private static final byte[] TIMESTAMP = Ascii.bytes("timestamp=");
  private static final byte[] SET_TIMESTAMP = Ascii.bytes("SET timestamp=");
  private static final byte[] AT = Ascii.bytes("] @ ");
  private static final byte[] NO_STATISTICS =
      Ascii.bytes("No InnoDB statistics available for this query");
  private static final String SLOW = "mysql.slow";
  private static final String GENERAL = "mysql.general";
  private static final EcsField DATABASE = new EcsField("mysql.slow.db");
  private static final EcsField STARTED_AT = new EcsField("mysql.slow.set_timestamp");
  private static final Set<String> NOT_WRITTEN = Set.of("Time");
  private static final Map<String, SlowField> KNOWN =
      Map.ofEntries(
          known("User@Host", "mysql.slow.user", Kind.WORD),
          known("Query_time", "mysql.slow.query_time_s", Kind.NUMBER),
          known("Lock_time", "mysql.slow.lock_time_s", Kind.NUMBER),
          known("Rows_sent", "mysql.slow.rows_sent", Kind.NUMBER),
          known("Rows_examined", "mysql.slow.rows_examined", Kind.NUMBER),
          known("Rows_affected", "mysql.slow.rows_affected", Kind.NUMBER),
          known("Bytes_sent", "mysql.slow.bytes_sent", Kind.NUMBER),
          known("Bytes_received", "mysql.slow.bytes_received", Kind.NUMBER),
          known("Schema", "mysql.slow.db", Kind.WORD),
          known("Id", "process.thread.id", Kind.NUMBER),
          known("Thread_id", "process.thread.id", Kind.NUMBER));

  private final SlowFields fields =
      new SlowFields(KNOWN, new EcsField("mysql.slow.other"), Set.of("explain"));
  private final GeneralLine general = new GeneralLine();
  private final SlowTime times;
  private final Writer writer;

  /**
   * @param zone of times that carry none
   * @param writer whose file it is: a first line that could be TiDB's as well is taken for MySQL's
   *     only if that is told
   * @param repeating whether an event without a time gets that of the event before: a container
   *     runtime knows the time without a guess
   */
  public MysqlSlowLog(ZoneId zone, Writer writer, boolean repeating) {
    this.times = new SlowTime(zone, repeating);
    this.writer = writer;
  }

  private static Map.Entry<String, SlowField> known(String key, String field, Kind kind) {
    return Map.entry(key, new SlowField(new EcsField(field), kind));
  }

  @Override
  public String name() {
    return "mysql-slow";
  }

  @Override
  public String dataset() {
    return SLOW;
  }

  @Override
  public String dataset(byte[] text, int from, int to) {
    return general.read(text, from, to) ? GENERAL : SLOW;
  }

  @Override
  public LineRole role(byte[] text, int from, int to) {
    boolean starts = isTime(text, from, to) || isBanner(text, from, to);
    return starts ? LineRole.STARTS : LineRole.CONTINUES;
  }

  private static boolean isTime(byte[] text, int from, int to) {
    int time = from + TIME.length;
    return Ascii.startsWith(text, from, to, TIME)
        && (Instants.rfc3339(text, time, to) != Instants.NONE
            || SlowTime.local(text, time, to) >= 0);
  }

  /**
   * The user begins an entry, unless the time did. What looks like a line of the general log is one
   * behind such a line, or behind the banner; else it is part of a statement. Without the time that
   * a statement took an entry is none, but part of a statement in the general log.
   */
  @Override
  public boolean continues(byte[] event, int size, byte[] text, int from, int to) {
    if (general.read(text, from, to)) {
      return !isBanner(event, 0, Ascii.lineEnd(event, 0, size))
          && !general.read(event, 0, size)
          && Ascii.indexOf(event, 0, size, QUERY_TIME) > 0;
    }
    return isOnlyTime(event, size) || !Ascii.startsWith(text, from, to, USER);
  }

  private static boolean isOnlyTime(byte[] event, int size) {
    return Ascii.startsWith(event, 0, size, TIME) && Ascii.lineEnd(event, 0, size) == size;
  }

  /** TiDB's entries begin with the same time, but its users have no thread. */
  @Override
  public boolean claims(byte[] event, int size, byte[] text, int from, int to) {
    return isOnlyTime(event, size)
        && Ascii.startsWith(text, from, to, USER)
        && Ascii.indexOf(text, from, to, ID) > 0;
  }

  @Override
  public boolean recognises(byte[] text, int from, int to) {
    boolean columns =
        Ascii.startsWith(text, from, to, COLUMNS) || Ascii.startsWith(text, from, to, OLD_COLUMNS);
    boolean timed = Ascii.startsWith(text, from, to, TIME);
    return columns
        || isUser(text, from, to)
        || isBanner(text, from, to)
        || (timed && (writer == Writer.MYSQL || SlowTime.local(text, from + TIME.length, to) >= 0))
        || (general.read(text, from, to) && !general.isTimeless() && general.isKnown(text));
  }

  /**
   * With a thread, or where the writer is not known, at least {@code name[name] @ host [address]}:
   * a file of TiDB may begin with the second line of an entry.
   */
  private boolean isUser(byte[] text, int from, int to) {
    if (!Ascii.startsWith(text, from, to, USER)) {
      return false;
    }
    int at = Ascii.indexOf(text, from, to, AT);
    boolean whole = at > 0 && text[to - 1] == ']' && Ascii.indexOf(text, at + 1, to, '[') > 0;
    return Ascii.indexOf(text, from, to, ID) > 0
        || writer == Writer.MYSQL
        || (writer == Writer.UNKNOWN && whole);
  }

  private static boolean isBanner(byte[] text, int from, int to) {
    return Ascii.endsWith(text, from, to, STARTED) && Ascii.indexOf(text, from, to, VERSION) > 0;
  }

  @Override
  public void parse(byte[] text, int from, int to, EcsDocument document) {
    if (general.read(text, from, to)) {
      generalEvent(text, to, document);
      return;
    }
    boolean timed = Ascii.startsWith(text, from, to, TIME);
    if (!timed && !Ascii.startsWith(text, from, to, USER)) {
      if (isBanner(text, from, Ascii.lineEnd(text, from, to))) {
        document.text(EcsField.MESSAGE, text, from, to);
      } else {
        Degraded.whole(text, from, to, document);
      }
      return;
    }
    SlowEntry entry = fields.read(text, from, to);
    entry.claim(NO_STATISTICS, "InnoDB_statistics", text);
    Span started = timestamp(entry, text);
    time(entry, started, text, document);
    fields.write(text, NOT_WRITTEN, document);
    fields.database(DATABASE, "Schema", text, document);
    int sql = entry.sqlFrom();
    if (started != null) {
      document.rawNumber(STARTED_AT, text, started.from(), started.to());
    }
    if (started != null && started.from() == sql + SET_TIMESTAMP.length) {
      // It says nothing else.
      sql = Math.min(Ascii.lineEnd(text, sql, to) + 1, to);
    }
    // what is left over is an administrator's command
    fields.statement(text, sql, document);
  }

  /** The number in {@code SET …timestamp=N;} in front of the statement, or null. */
  private static @Nullable Span timestamp(SlowEntry entry, byte[] s) {
    int from = entry.sqlFrom();
    int end = Ascii.lineEnd(s, from, entry.sqlTo());
    int key = Ascii.startsWith(s, from, end, SET) ? Ascii.indexOf(s, from, end, TIMESTAMP) : -1;
    if (key < 0 || s[end - 1] != ';' || (s[key - 1] != ' ' && s[key - 1] != ',')) {
      return null;
    }
    int number = key + TIMESTAMP.length;
    int comma = Ascii.indexOf(s, number, end, ',');
    Span span = new Span(number, comma < 0 ? end - 1 : comma);
    return Decimals.isJsonNumber(s, span.from(), span.to()) ? span : null;
  }

  private void time(SlowEntry entry, @Nullable Span started, byte[] s, EcsDocument document) {
    Span time = entry.values().get("Time");
    long instant = time == null ? Instants.NONE : Instants.rfc3339(s, time.from(), time.to());
    if (instant == Instants.NONE && started != null) {
      instant = Instants.epoch(s, started.from(), started.to());
    }
    if (instant == Instants.NONE && time != null) {
      instant = times.instant(s, time.from(), time.to());
    }
    times.write(instant, document);
  }

  private void generalEvent(byte[] s, int to, EcsDocument document) {
    times.write(times.instant(s, general.timeFrom(), general.timeTo()), document);
    document.text(EcsField.EVENT_KIND, "event");
    document.text(EcsField.EVENT_CATEGORY, "database");
    document.text(EcsField.EVENT_ACTION, s, general.commandFrom(), general.commandTo());
    document.text(EcsField.THREAD_ID, s, general.threadFrom(), general.threadTo());
    // a message that is empty would tell nothing
    boolean argued = general.argument() < to;
    document.text(
        EcsField.MESSAGE,
        s,
        argued ? general.argument() : general.commandFrom(),
        argued ? to : general.commandTo());
  }
}
