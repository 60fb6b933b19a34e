package io.nsqlops.backup.flow.prune;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.GatedObjectStore;
import io.nsqlops.backup.store.ObjectStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lets the store calls of several actors happen one at a time, in an order of actors drawn from a
 * seed, so that a race can be run again. Of the calls of one actor's own threads any may go first.
 */
final class Turnstile {
  private final Random random;

  /** Of a hundred times, how often the actor that went last goes on. */
  private final int stubborn;

  private final Runnable eachTurn;
  private final Set<String> live = new TreeSet<>();

  /** How many calls of an actor wait. */
  private final Map<String, Integer> waiting = new TreeMap<>();

  private final Map<String, Integer> callsToLive = new HashMap<>();
  private final Set<String> dead = new HashSet<>();
  private final List<String> history = new ArrayList<>();
  private String turn = "";
  private String last = "";

  /**
   * @param eachTurn runs between two calls
   */
  Turnstile(Random random, Runnable eachTurn) {
    this.random = random;
    this.stubborn = random.nextInt(100);
    this.eachTurn = eachTurn;
  }

  /** The store as an actor sees it. */
  ObjectStore through(ObjectStore store, String actor) {
    return new GatedObjectStore(store, (call, key) -> pass(actor, call + " " + key));
  }

  /** After so many more calls the actor is dead: no call of it comes through. */
  synchronized void kill(String actor, int calls) {
    callsToLive.put(actor, calls);
  }

  synchronized boolean killed(String actor) {
    return dead.contains(actor);
  }

  /** Runs all to their ends. */
  void race(Map<String, Runnable> actors) throws InterruptedException {
    live.addAll(actors.keySet());
    List<Thread> threads = new ArrayList<>();
    actors.forEach(
        (name, actor) -> {
          Thread thread =
              new Thread(
                  () -> {
                    try {
                      actor.run();
                    } finally {
                      end(name);
                    }
                  },
                  name);
          thread.start();
          threads.add(thread);
        });
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private synchronized void pass(String actor, String call) {
    if (!live.contains(actor)) {
      return;
    }
    waiting.merge(actor, 1, Integer::sum);
    choose();
    try {
      while (live.contains(actor) && !turn.equals(actor)) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      leave(actor);
      throw new IllegalStateException(e);
    }
    if (!live.contains(actor)) {
      return;
    }
    turn = "";
    leave(actor);
    if (callsToLive.containsKey(actor) && callsToLive.merge(actor, -1, Integer::sum) < 0) {
      dead.add(actor);
    }
    history.add(actor + ": " + call + (dead.contains(actor) ? " (dead)" : ""));
    if (dead.contains(actor)) {
      throw new OpsException(ErrorKind.TRANSIENT, actor, "killed", "This is a test.");
    }
  }

  /** One call less of this actor waits. If another still does, the next turn may be its. */
  private void leave(String actor) {
    waiting.computeIfPresent(actor, (name, calls) -> calls == 1 ? null : calls - 1);
    if (waiting.containsKey(actor)) {
      choose();
    } else if (turn.equals(actor)) {
      turn = "";
    }
  }

  private synchronized void end(String actor) {
    live.remove(actor);
    waiting.remove(actor);
    if (turn.equals(actor)) {
      turn = "";
    }
    notifyAll();
    choose();
  }

  private void choose() {
    if (!turn.isEmpty() || waiting.isEmpty() || waiting.size() < live.size()) {
      return;
    }
    eachTurn.run();
    List<String> candidates = List.copyOf(waiting.keySet());
    turn =
        waiting.containsKey(last) && random.nextInt(100) < stubborn
            ? last
            : candidates.get(random.nextInt(candidates.size()));
    last = turn;
    notifyAll();
  }

  /** What happened, for a race that went wrong. */
  synchronized String history() {
    return String.join("\n", history);
  }
}
