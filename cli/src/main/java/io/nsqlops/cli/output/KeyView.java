package io.nsqlops.cli.output;

import io.nsqlops.backup.repository.KeyRing;
import io.nsqlops.backup.repository.KeySlotInfo;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Keys of a repository, for people and programs. */
public final class KeyView {
  private KeyView() {}

  /**
   * All keys.
   *
   * @param inUse id of the one that opened the repository; empty if it was not opened
   */
  public static Result list(List<KeySlotInfo> slots, String inUse) {
    ArrayNode json = JsonMapper.shared().createArrayNode();
    TextTable table = new TextTable("ID", "KIND", "CREATED", "IN USE", "LABEL", "HELD BY");
    for (KeySlotInfo slot : slots) {
      boolean used = slot.id().equals(inUse);
      json.addObject()
          .put("id", slot.id())
          .put("kind", slot.kind())
          .put("created", slot.created().toString())
          .put("inUse", used)
          .put("label", slot.label())
          .put("holder", slot.holder());
      table.row(
          slot.id(),
          slot.kind(),
          Units.time(slot.created()),
          used ? "yes" : "",
          slot.label(),
          slot.holder());
    }
    return Result.of(json, slots.isEmpty() ? List.of("no keys") : table.lines());
  }

  public static Result added(String id) {
    return Result.of(object().put("added", id), List.of("added     " + id));
  }

  public static Result removed(String id) {
    return Result.of(object().put("removed", id), List.of("removed   " + id));
  }

  /** What stands in for what now. */
  public static Result rotated(KeyRing.Rotation rotation) {
    ObjectNode json = object().put("added", rotation.added());
    ArrayNode removed = json.putArray("removed");
    List<String> lines = new ArrayList<>(List.of("added     " + rotation.added()));
    for (String id : rotation.removed()) {
      removed.add(id);
      lines.add("removed   " + id);
    }
    return Result.of(json, lines);
  }

  private static ObjectNode object() {
    return JsonMapper.shared().createObjectNode();
  }
}
