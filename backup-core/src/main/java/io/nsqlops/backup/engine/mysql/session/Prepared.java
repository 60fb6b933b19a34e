package io.nsqlops.backup.engine.mysql.session;

import io.nsqlops.backup.codec.CanonicalText;
import io.nsqlops.backup.codec.RowBuffer;
import java.util.Arrays;
import java.util.BitSet;

/** A statement that a server has parsed once, with parameters that are strings of bytes. */
public final class Prepared implements AutoCloseable {
  private static final int STRING_TYPE = 0xfe;
  private static final int HEAD = 9;

  private final Session session;
  private final byte[] sql;
  final int id;
  final int parameters;
  private boolean typed;

  Prepared(Session session, byte[] sql, int id, int parameters) {
    this.session = session;
    this.sql = sql;
    this.id = id;
    this.parameters = parameters;
  }

  /**
   * Sends the statement to be run with these values, one for each parameter. Several may be under
   * way; their outcomes are to be received in the same order, before anything else is asked. A
   * session that failed otherwise than by {@link #receive} can only be closed.
   */
  public void send(Values values) {
    if (values.count != parameters) {
      throw new IllegalStateException(values.count + " values for " + parameters + " parameters");
    }
    int nulls = (values.count + 7) / 8;
    byte[] head = new byte[HEAD + nulls + 1 + (typed ? 0 : 2 * values.count)];
    Session.putInt(head, 0, id);
    head[5] = 1; // iteration count
    byte[] set = values.nulls.toByteArray();
    System.arraycopy(set, 0, head, HEAD, set.length);
    if (!typed) {
      // said once, the server keeps it
      head[HEAD + nulls] = 1;
      for (int i = 0; i < values.count; i++) {
        head[HEAD + nulls + 1 + 2 * i] = (byte) STRING_TYPE;
      }
      typed = true;
    }
    session.send(head, values.strings.bytes, values.strings.length);
  }

  /** What came of it. */
  public Session.Done receive() {
    return session.receive(sql);
  }

  @Override
  public void close() {
    session.forget(id);
  }

  /** Values for the parameters of one run. */
  public static final class Values {
    private final int most;

    /** Each with its length before it; NULL is not there. */
    final RowBuffer strings = new RowBuffer(1 << 16);

    final BitSet nulls = new BitSet();
    private int count;

    /**
     * No values yet.
     *
     * @param most bytes they may have together
     */
    public Values(int most) {
      this.most = most;
    }

    /** Bytes so far. */
    public int length() {
      return strings.length;
    }

    /** Takes all away, for the next run. */
    public void clear() {
      strings.length = 0;
      nulls.clear();
      count = 0;
    }

    /**
     * Adds the fields of the row of canonical text that begins at {@code start}.
     *
     * @return where the next row begins; -1 if there is no room for this one: nothing is to be done
     *     with the values then but to clear them
     */
    public int addRow(byte[] text, int start, int end) {
      int at = start;
      while (at < end) {
        int stop = addField(text, at, end);
        if (stop < 0) {
          return stop;
        }
        if (stop >= end || text[stop] == '\n') {
          return stop + 1;
        }
        at = stop + 1;
      }
      return at;
    }

    private int addField(byte[] text, int at, int end) {
      int stop = CanonicalText.plainUntil(text, at, end);
      if (stop - at > most - strings.length) {
        return -1;
      }
      if (stop == end || text[stop] != '\\') {
        addLength(stop - at);
        CanonicalText.plain(strings, text, at, stop - at);
        count++;
        return stop;
      }
      if (stop == at && text[at + 1] == 'N') {
        nulls.set(count++);
        return at + 2;
      }
      return addEscaped(text, at, end);
    }

    /** How long it is shows when it is unescaped. */
    private int addEscaped(byte[] text, int at, int end) {
      int place = strings.length;
      int stop = CanonicalText.unescape(strings, text, at, end, most);
      if (stop < 0) {
        return stop;
      }
      int length = strings.length - place;
      addLength(length);
      byte[] prefix = Arrays.copyOfRange(strings.bytes, place + length, strings.length);
      System.arraycopy(strings.bytes, place, strings.bytes, place + prefix.length, length);
      System.arraycopy(prefix, 0, strings.bytes, place, prefix.length);
      count++;
      return stop;
    }

    private void addLength(int length) {
      if (length < 0xfb) {
        strings.ensure(1);
        strings.bytes[strings.length++] = (byte) length;
        return;
      }
      int bytes = length < 1 << 16 ? 2 : length < 1 << 24 ? 3 : 8;
      strings.ensure(9);
      strings.bytes[strings.length++] = (byte) (bytes == 8 ? 0xfe : 0xfa + bytes);
      for (int i = 0; i < bytes; i++) {
        strings.bytes[strings.length++] = (byte) ((long) length >>> (8 * i));
      }
    }
  }
}
