package io.nsqlops.backup.engine.mysql.session;

import com.mysql.cj.NativeSession;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.protocol.a.NativeProtocol;
import io.nsqlops.backup.codec.RowBuffer;
import io.nsqlops.backup.codec.RowSink;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.RawText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * One connection, used in two ways but never at once: through JDBC for catalogue queries, and at
 * packet level for rows, for statements whose bytes are not UTF-8, and for LOAD DATA.
 */
public final class Session implements AutoCloseable {
  private static final int COM_QUERY = 0x03;
  private static final int COM_STMT_PREPARE = 0x16;
  private static final int COM_STMT_EXECUTE = 0x17;
  private static final int COM_STMT_CLOSE = 0x19;
  private static final int OK = 0x00;
  private static final int LOCAL_INFILE = 0xfb;
  private static final int END = 0xfe;
  private static final int ERR = 0xff;

  private final Connection jdbc;
  private final String address;
  private final PacketReader packets;
  private final PacketWriter out;
  private final boolean eofDeprecated;
  private final byte[] queryAttributes;

  Session(Connection jdbc, String address) throws SQLException, IOException {
    this.jdbc = jdbc;
    this.address = address;
    NativeSession session = (NativeSession) jdbc.unwrap(JdbcConnection.class).getSession();
    NativeProtocol protocol = session.getProtocol();
    Socket socket = protocol.getSocketConnection().getMysqlSocket();
    this.packets = new PacketReader(socket.getInputStream());
    this.out = new PacketWriter(socket.getOutputStream());
    this.eofDeprecated = protocol.getServerSession().isEOFDeprecated();
    // where they were agreed on (MySQL 8.0.23), each statement says how many it has: 0, in 1 set
    this.queryAttributes =
        protocol.getServerSession().supportsQueryAttributes() ? new byte[] {0, 1} : new byte[0];
  }

  /** For catalogue queries. */
  public Connection jdbc() {
    return jdbc;
  }

  /**
   * What the server says of a statement that returns no rows.
   *
   * @param affected rows
   * @param warnings how many
   */
  public record Done(long affected, int warnings) {}

  /** Runs a statement given as text. */
  public Done execute(String sql) {
    return execute(sql.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Runs statements that make one thing. Of what fails behind the first nothing stays: it would be
   * in the way of the next try.
   *
   * @param undo takes away what the first one made
   */
  public void executeAll(List<RawText> statements, Runnable undo) {
    boolean begun = false;
    try {
      for (RawText statement : statements) {
        execute(statement.bytes());
        begun = true;
      }
    } catch (OpsException e) {
      if (begun) {
        MysqlErrors.undo(e, undo);
      }
      throw e;
    }
  }

  /** Runs a statement given as bytes; rows it may return are thrown away. */
  public Done execute(byte[] sql) {
    try {
      query(sql);
      packets.next();
      if (packets.kind() == OK) {
        return done();
      }
      refuse(sql);
      int columns = (int) packets.takeLength();
      skipDefinitions(columns);
      do {
        packets.next();
        refuse(sql);
      } while (!isEnd());
      return new Done(0, 0);
    } catch (IOException e) {
      throw MysqlErrors.lost(address, e);
    }
  }

  /** Sends {@code text} as the file that a LOAD DATA LOCAL statement asks for. */
  public Done load(String sql, byte[] text, int length) {
    try {
      byte[] statement = sql.getBytes(StandardCharsets.UTF_8);
      query(statement);
      packets.next();
      refuse(statement);
      if (packets.kind() != LOCAL_INFILE) {
        throw new IOException("no request for the data of LOAD DATA LOCAL");
      }
      int sequence = 2;
      for (int at = 0; at < length; ) {
        int part = Math.min(length - at, 1 << 20);
        out.part(sequence++, text, at, part);
        at += part;
      }
      out.part(sequence, text, 0, 0);
      packets.next();
      refuse(statement);
      return done();
    } catch (IOException e) {
      throw MysqlErrors.lost(address, e);
    }
  }

  /** Sends a stream as the file that a LOAD DATA LOCAL statement asks for, a piece at a time. */
  public Done load(byte[] statement, InputStream content) {
    try {
      query(statement);
      packets.next();
      refuse(statement);
      if (packets.kind() != LOCAL_INFILE) {
        throw new IOException("no request for the data of LOAD DATA LOCAL");
      }
      byte[] piece = new byte[1 << 20];
      int sequence = 2;
      for (int read = read(content, piece); read > 0; read = read(content, piece)) {
        out.part(sequence++, piece, 0, read);
      }
      out.part(sequence, piece, 0, 0);
      packets.next();
      refuse(statement);
      return done();
    } catch (IOException e) {
      throw MysqlErrors.lost(address, e);
    }
  }

  /** What is wrong with the content is not the connection's fault. */
  private static int read(InputStream content, byte[] piece) {
    try {
      return content.readNBytes(piece, 0, piece.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a SELECT and hands each row on as canonical text.
   *
   * @param keyColumns how many leading columns are the key
   */
  public void read(String sql, int keyColumns, RowSink sink) {
    byte[] statement = sql.getBytes(StandardCharsets.UTF_8);
    try {
      Prepared prepared = prepare(statement);
      if (prepared.parameters > 0) {
        throw new IOException("statement with parameters");
      }
      byte[] execute = new byte[9];
      putInt(execute, 0, prepared.id);
      execute[5] = 1; // iteration count
      send(COM_STMT_EXECUTE, execute);
      packets.next();
      refuse(statement);
      ColumnType[] columns = new ColumnType[(int) packets.takeLength()];
      for (int i = 0; i < columns.length; i++) {
        packets.next();
        columns[i] = ColumnType.parse(packets);
      }
      skipEof();
      rows(statement, new BinaryRowEncoder(columns, keyColumns), sink);
      prepared.close();
    } catch (IOException e) {
      throw MysqlErrors.lost(address, e);
    }
  }

  private void rows(byte[] statement, BinaryRowEncoder encoder, RowSink sink) throws IOException {
    boolean wanted = true;
    while (true) {
      packets.next();
      if (packets.kind() == OK) {
        if (wanted) {
          RowBuffer buffer = sink.buffer();
          int start = buffer.length;
          int keyEnd = encoder.encode(packets, buffer);
          wanted = sink.row(start, keyEnd);
        }
      } else if (isEnd()) {
        return;
      } else {
        refuse(statement);
        throw new IOException("unexpected packet " + packets.kind());
      }
    }
  }

  /**
   * Prepares a statement that returns no rows, and whose parameters are strings of bytes. Servers
   * that have agreed on query attributes want parameters in another form.
   *
   * @see Prepared#send
   */
  public Prepared prepare(String sql) {
    if (queryAttributes.length > 0) {
      throw new IllegalStateException("parameters beside query attributes");
    }
    byte[] statement = sql.getBytes(StandardCharsets.UTF_8);
    try {
      return prepare(statement);
    } catch (IOException e) {
      throw MysqlErrors.lost(address, e);
    }
  }

  private Prepared prepare(byte[] statement) throws IOException {
    send(COM_STMT_PREPARE, statement);
    packets.next();
    refuse(statement);
    packets.takeInt(1);
    int id = (int) packets.takeInt(4);
    int columns = (int) packets.takeInt(2);
    int parameters = (int) packets.takeInt(2);
    if (parameters > 0) {
      skipDefinitions(parameters);
    }
    if (columns > 0) {
      skipDefinitions(columns);
    }
    return new Prepared(this, statement, id, parameters);
  }

  /** Sends a prepared statement to be run, whose outcome is to be received. */
  void send(byte[] head, byte[] values, int length) {
    try {
      out.command(COM_STMT_EXECUTE, head, values, length);
    } catch (IOException e) {
      throw MysqlErrors.lost(address, e);
    }
  }

  /** What came of the statement that was sent first of those not yet received. */
  Done receive(byte[] statement) {
    try {
      packets.next();
      refuse(statement);
      return done();
    } catch (IOException e) {
      throw MysqlErrors.lost(address, e);
    }
  }

  /** Forgets a prepared statement; the server does not answer. */
  void forget(int id) {
    byte[] close = new byte[4];
    putInt(close, 0, id);
    try {
      send(COM_STMT_CLOSE, close);
    } catch (IOException e) {
      throw MysqlErrors.lost(address, e);
    }
  }

  private void skipDefinitions(int columns) throws IOException {
    for (int i = 0; i < columns; i++) {
      packets.next();
    }
    skipEof();
  }

  private void skipEof() throws IOException {
    if (!eofDeprecated) {
      packets.next();
    }
  }

  private boolean isEnd() {
    return packets.kind() == END && packets.length() < 0xffffff;
  }

  private Done done() {
    packets.takeInt(1);
    long affected = packets.takeLength();
    packets.takeLength(); // last insert id
    packets.takeInt(2); // status
    return new Done(affected, (int) packets.takeInt(2));
  }

  private void refuse(byte[] statement) {
    if (packets.kind() == ERR) {
      packets.takeInt(1);
      int code = (int) packets.takeInt(2);
      String message = packets.rest();
      if (message.startsWith("#") && message.length() >= 6) {
        message = message.substring(6);
      }
      throw MysqlErrors.refused(
          address, code, message, new String(statement, StandardCharsets.UTF_8));
    }
  }

  private void query(byte[] statement) throws IOException {
    out.command(COM_QUERY, queryAttributes, statement, statement.length);
  }

  private void send(int command, byte[] payload) throws IOException {
    out.command(command, new byte[0], payload, payload.length);
  }

  static void putInt(byte[] to, int at, int value) {
    for (int i = 0; i < 4; i++) {
      to[at + i] = (byte) (value >> (8 * i));
    }
  }

  @Override
  public void close() {
    try {
      jdbc.close();
    } catch (SQLException e) {
      // the server frees everything a session holds when the connection goes
    }
  }
}
