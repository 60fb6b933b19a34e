package io.nsqlops.backup.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a lease says. How fresh it is, only the store's clock says.
 *
 * @param holder for people: the process that holds it
 * @param since when it began, by the holder's clock; for people
 * @param ended the holder is through with it
 * @param knows garbage lists the holder keeps away from
 */
record LeaseRecord(String holder, Instant since, boolean ended, List<String> knows) {
  private static final int VERSION = 1;
  private static final JsonMapper JSON = JsonMapper.shared();

  /** What is assumed of a lease that cannot be read: nothing in its holder's disfavour. */
  static final LeaseRecord UNREADABLE =
      new LeaseRecord("an unknown process", Instant.EPOCH, false, List.of());

  LeaseRecord {
    knows = List.copyOf(knows);
  }

  /** A lease of this process that begins. */
  static LeaseRecord begun(Instant since) {
    String holder = "process %d on %s".formatted(ProcessHandle.current().pid(), host());
    return new LeaseRecord(holder, since, false, List.of());
  }

  LeaseRecord knowing(List<String> lists) {
    return new LeaseRecord(holder, since, ended, lists);
  }

  LeaseRecord end() {
    return new LeaseRecord(holder, since, true, knows);
  }

  /** For people: who holds it since when. */
  String told() {
    return equals(UNREADABLE)
        ? "somebody (what the lease says cannot be read)"
        : holder + " since " + since;
  }

  byte[] write() {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION)
        .put("holder", holder)
        .put("since", since.toString())
        .put("ended", ended);
    knows.forEach(root.putArray("knows")::add);
    return JSON.writeValueAsBytes(root);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws RuntimeException if it is anything else
   */
  static LeaseRecord read(byte[] json) {
    JsonNode root = JSON.readTree(json);
    List<String> knows = new ArrayList<>();
    root.required("knows").forEach(k -> knows.add(k.stringValue()));
    return new LeaseRecord(
        root.required("holder").stringValue(),
        Instant.parse(root.required("since").stringValue()),
        root.required("ended").booleanValue(),
        knows);
  }

  /** Asking the network for it may take long. */
  private static String host() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).trim();
    } catch (IOException e) {
      return "an unnamed host";
    }
  }
}
