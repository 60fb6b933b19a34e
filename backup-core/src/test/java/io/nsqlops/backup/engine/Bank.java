package io.nsqlops.backup.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Writers that move money between the accounts of two tables; all the while the sum is the same.
 */
final class Bank implements AutoCloseable {
  static final int ACCOUNTS = 200;
  static final long SUM = 2L * ACCOUNTS * 1000;

  private final List<Thread> writers = new ArrayList<>();
  private final AtomicLong transfers = new AtomicLong();
  private volatile boolean open = true;

  private Bank() {}

  /** Makes database {@code bank} and lets {@code writers} threads write until closed. */
  static Bank open(Callable<Connection> connector, int writers) throws Exception {
    try (Connection connection = connector.call();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE bank");
      for (String table : List.of("bank.a", "bank.b")) {
        statement.execute("CREATE TABLE " + table + " (id INT PRIMARY KEY, balance BIGINT)");
        StringBuilder insert = new StringBuilder("INSERT INTO " + table + " VALUES ");
        for (int i = 0; i < ACCOUNTS; i++) {
          insert.append(i == 0 ? "" : ",").append("(").append(i).append(",1000)");
        }
        statement.execute(insert.toString());
      }
    }
    Bank bank = new Bank();
    for (int i = 0; i < writers; i++) {
      Connection connection = connector.call();
      Random random = new Random(i);
      Thread writer = new Thread(() -> bank.write(connection, random), "writer-" + i);
      writer.start();
      bank.writers.add(writer);
    }
    return bank;
  }

  private void write(Connection connection, Random random) {
    try (connection;
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      while (open) {
        try {
          move(statement, random, "bank.a", "bank.b");
          move(statement, random, "bank.b", "bank.a");
          connection.commit();
          transfers.incrementAndGet();
        } catch (SQLException e) {
          connection.rollback(); // a deadlock or a conflict: the next transfer
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void move(Statement statement, Random random, String from, String to)
      throws SQLException {
    String set = "UPDATE %s SET balance=balance%+d WHERE id=%d";
    int amount = 1 + random.nextInt(100);
    statement.execute(set.formatted(from, -amount, random.nextInt(ACCOUNTS)));
    statement.execute(set.formatted(to, amount, random.nextInt(ACCOUNTS)));
  }

  long transfers() {
    return transfers.get();
  }

  /** Waits until so many more transfers are committed. */
  void await(long more) {
    long wanted = transfers() + more;
    while (transfers() < wanted && writers.stream().anyMatch(Thread::isAlive)) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  static long sum(Connection connection, String database) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT (SELECT SUM(balance) FROM %1$s.a) + (SELECT SUM(balance) FROM %1$s.b)"
                    .formatted(database))) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() {
    open = false;
    try {
      for (Thread writer : writers) {
        writer.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
