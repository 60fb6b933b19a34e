package io.nsqlops.backup.flow.move;

import java.util.ArrayList;
import java.util.List;

/** What is to be told of a replay; the first few in full. Thread-safe. */
final class ReplayNotes {
  private static final int SHOWN = 20;

  private final List<String> lines = new ArrayList<>();
  private long more;

  synchronized void add(String line) {
    if (lines.size() < SHOWN) {
      lines.add(line);
    } else {
      more++;
    }
  }

  synchronized List<String> lines() {
    List<String> all = new ArrayList<>(lines);
    if (more > 0) {
      all.add("and " + more + " more of this kind");
    }
    return List.copyOf(all);
  }
}
