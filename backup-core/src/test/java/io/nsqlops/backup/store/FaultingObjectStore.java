package io.nsqlops.backup.store;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store that fails when it is told to: the faults a real server shows too seldom to test with.
 * Calls are counted from 1, each operation by itself.
 */
public final class FaultingObjectStore implements ObjectStore {
  /** What can fail. */
  public enum Operation {
    PUT_IF_ABSENT,
    PUT,
    GET,
    HEAD,
    LIST,
    DELETE
  }

  private enum Fault {
    FAIL,
    COMMIT_THEN_FAIL,
    TRUNCATE,
    FLIP,
    DELAY
  }

  private record Plan(Fault fault, int from, int to, ErrorKind kind, Duration delay) {
    boolean covers(int call) {
      return from <= call && call <= to;
    }
  }

  private final ObjectStore inner;
  private final Map<Operation, AtomicInteger> calls = new EnumMap<>(Operation.class);
  private final Map<Operation, Plan> plans = new EnumMap<>(Operation.class);

  public FaultingObjectStore(ObjectStore inner) {
    this.inner = inner;
    for (Operation operation : Operation.values()) {
      calls.put(operation, new AtomicInteger());
    }
  }

  /** The n-th call fails before anything happened. */
  public FaultingObjectStore failing(Operation operation, int n, ErrorKind kind) {
    return plan(operation, new Plan(Fault.FAIL, n, n, kind, Duration.ZERO));
  }

  /** All calls from the n-th on fail, as if the store were gone. */
  public FaultingObjectStore failingFrom(Operation operation, int n, ErrorKind kind) {
    return plan(operation, new Plan(Fault.FAIL, n, Integer.MAX_VALUE, kind, Duration.ZERO));
  }

  /** The n-th call does its work and then fails, as if the reply were lost. */
  public FaultingObjectStore losingReply(Operation operation, int n, ErrorKind kind) {
    return plan(operation, new Plan(Fault.COMMIT_THEN_FAIL, n, n, kind, Duration.ZERO));
  }

  /** The n-th read returns half of the object. */
  public FaultingObjectStore truncatingRead(int n) {
    return plan(Operation.GET, new Plan(Fault.TRUNCATE, n, n, ErrorKind.INTERNAL, Duration.ZERO));
  }

  /** The n-th read returns the object with its last bit flipped. */
  public FaultingObjectStore flippingRead(int n) {
    return plan(Operation.GET, new Plan(Fault.FLIP, n, n, ErrorKind.INTERNAL, Duration.ZERO));
  }

  /** Every call takes this much longer. */
  public FaultingObjectStore delaying(Operation operation, Duration delay) {
    return plan(operation, new Plan(Fault.DELAY, 1, Integer.MAX_VALUE, ErrorKind.INTERNAL, delay));
  }

  /** No faults from now on. The counts go on. */
  public synchronized void heal() {
    plans.clear();
  }

  public int calls(Operation operation) {
    return counter(operation).get();
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    @Nullable Plan plan = before(Operation.PUT_IF_ABSENT, key);
    boolean created = inner.putIfAbsent(key, content);
    after(plan, key);
    return created;
  }

  @Override
  public void put(String key, byte[] content) {
    @Nullable Plan plan = before(Operation.PUT, key);
    inner.put(key, content);
    after(plan, key);
  }

  @Override
  public Optional<byte[]> get(String key) {
    @Nullable Plan plan = before(Operation.GET, key);
    Optional<byte[]> content = inner.get(key);
    after(plan, key);
    return plan == null ? content : content.map(bytes -> spoilt(plan.fault, bytes));
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    @Nullable Plan plan = before(Operation.HEAD, key);
    Optional<ObjectInfo> info = inner.head(key);
    after(plan, key);
    return info;
  }

  @Override
  public Stream<ObjectInfo> list(String prefix) {
    @Nullable Plan plan = before(Operation.LIST, prefix);
    Stream<ObjectInfo> objects = inner.list(prefix);
    after(plan, prefix);
    return objects;
  }

  @Override
  public void delete(String key) {
    @Nullable Plan plan = before(Operation.DELETE, key);
    inner.delete(key);
    after(plan, key);
  }

  @Override
  public StoreCapabilities probe() {
    return inner.probe();
  }

  @Override
  public String location() {
    return inner.location();
  }

  @Override
  public void close() {
    inner.close();
  }

  private synchronized FaultingObjectStore plan(Operation operation, Plan plan) {
    plans.put(operation, plan);
    return this;
  }

  /** The plan for this call, if there is one; fails or waits if it says so. */
  private @Nullable Plan before(Operation operation, String key) {
    int call = counter(operation).incrementAndGet();
    @Nullable Plan plan;
    synchronized (this) {
      plan = plans.get(operation);
    }
    if (plan == null || !plan.covers(call)) {
      return null;
    }
    if (plan.fault == Fault.FAIL) {
      throw failure(plan, key);
    }
    if (plan.fault == Fault.DELAY) {
      pause(plan.delay);
    }
    return plan;
  }

  private static void after(@Nullable Plan plan, String key) {
    if (plan != null && plan.fault == Fault.COMMIT_THEN_FAIL) {
      throw failure(plan, key);
    }
  }

  private static byte[] spoilt(Fault fault, byte[] content) {
    return switch (fault) {
      case TRUNCATE -> Arrays.copyOf(content, content.length / 2);
      case FLIP -> {
        byte[] flipped = content.clone();
        flipped[flipped.length - 1] ^= 1;
        yield flipped;
      }
      case FAIL, COMMIT_THEN_FAIL, DELAY -> content;
    };
  }

  private static OpsException failure(Plan plan, String key) {
    return new OpsException(plan.kind, key, "injected failure at " + key, "This is a test.");
  }

  private static void pause(Duration delay) {
    try {
      TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OpsException(ErrorKind.INTERRUPTED, "", "interrupted", "This is a test.", e);
    }
  }

  private AtomicInteger counter(Operation operation) {
    AtomicInteger counter = calls.get(operation);
    if (counter == null) {
      throw new IllegalStateException("no counter for " + operation);
    }
    return counter;
  }
}
