package io.nsqlops.backup.dump.read;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV file of Dumpling behind its header, checked on their way: texts in quotes,
 * escaped by backslashes, {@code \N} for NULL, as Dumpling writes them unless told otherwise. A
 * server takes other forms for other values without a word.
 */
public final class CsvFile extends InputStream {
  private enum State {
    BEGIN,
    BARE,
    QUOTED,
    ESCAPED,
    QUOTE_END,
    CARRIAGE_RETURN
  }

  private final InputStream in;
  private final String name;
  private final List<String> columns = new ArrayList<>();
  private boolean carriageReturn;
  private State state = State.BEGIN;
  private int fields;
  private long records;

  private CsvFile(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  /**
   * Reads the header.
   *
   * @param in from the beginning of the file; it stays the caller's to close
   * @param name of the file, for messages
   */
  public static CsvFile open(InputStream in, String name) throws IOException {
    CsvFile file = new CsvFile(in, name);
    file.header();
    return file;
  }

  private void header() throws IOException {
    ByteArrayOutputStream column = new ByteArrayOutputStream();
    boolean quoted = false;
    boolean everQuoted = false;
    int before = 0;
    for (int c = in.read(); ; before = c, c = in.read()) {
      if (c == '"') {
        quoted = !quoted;
        everQuoted = true;
      } else if (c == '\\' && quoted) {
        column.write(unescaped(in.read()));
      } else if (c < 0 || (!quoted && (c == ',' || c == '\n'))) {
        columns.add(column.toString(StandardCharsets.UTF_8));
        column.reset();
        if (c != ',') {
          carriageReturn = before == '\r';
          break;
        }
      } else if (quoted || c != '\r') {
        column.write(c);
      }
    }
    if (!everQuoted) {
      throw otherwise("its first line has no names in quotes");
    }
  }

  private static int unescaped(int c) {
    return switch (c) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case '0' -> 0;
      default -> c;
    };
  }

  /** The names of the columns; one empty name if there is none that is not generated. */
  public List<String> columns() {
    return List.copyOf(columns);
  }

  /** Whether lines end with CR and LF, as Dumpling's do. */
  public boolean endsWithCarriageReturn() {
    return carriageReturn;
  }

  /** How many records were read. */
  public long records() {
    return records;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read = in.read(bytes, from, length);
    for (int i = from; i < from + read; i++) {
      take(bytes[i]);
    }
    if (read < 0 && state != State.BEGIN) {
      throw otherwise("it ends amid a line");
    }
    return read;
  }

  private void take(byte b) {
    state =
        switch (state) {
          case BEGIN -> begin(b);
          case BARE -> b == '"' ? refuse("a quote amid a value") : behindValue(b, State.BARE);
          case QUOTED -> b == '\\' ? State.ESCAPED : b == '"' ? State.QUOTE_END : State.QUOTED;
          case ESCAPED -> State.QUOTED;
          case QUOTE_END -> behindValue(b, null);
          case CARRIAGE_RETURN -> b == '\n' ? record() : refuse("a line that ends with CR alone");
        };
  }

  private State begin(byte b) {
    if (b == '"') {
      return State.QUOTED;
    }
    boolean isEnd = b == '\n' || b == '\r';
    if (b == ',' || (isEnd && !(fields == 0 && columns.equals(List.of(""))))) {
      return refuse("an empty value, which is neither a text nor NULL");
    }
    return isEnd ? behindValue(b, State.BARE) : State.BARE;
  }

  /**
   * @param otherwise what any other byte means; null if there may be none
   */
  private State behindValue(byte b, @Nullable State otherwise) {
    if (b == ',') {
      fields++;
      return State.BEGIN;
    }
    if (b == '\r' && carriageReturn) {
      return State.CARRIAGE_RETURN;
    }
    if (b == '\n' && !carriageReturn) {
      return record();
    }
    return otherwise == null ? refuse("a quote in a text that is not escaped") : otherwise;
  }

  private State record() {
    if (fields + 1 != columns.size()) {
      return refuse("a line of %d values instead of %d".formatted(fields + 1, columns.size()));
    }
    fields = 0;
    records++;
    return State.BEGIN;
  }

  private State refuse(String what) {
    throw otherwise("record " + (records + 1) + " has " + what);
  }

  private OpsException otherwise(String what) {
    return new OpsException(
        ErrorKind.USAGE,
        name,
        "%s is not as Dumpling writes CSV by default, or not whole: %s".formatted(name, what),
        "dump again without --csv-* options, --no-header and --escape-backslash=false, or as SQL");
  }
}
