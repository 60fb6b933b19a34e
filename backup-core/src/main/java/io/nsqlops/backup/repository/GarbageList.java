package io.nsqlops.backup.repository;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Chunk objects that a prune found unneeded and is about to delete.
 *
 * @param key of the list's own object
 */
public record GarbageList(String key, ChunkTable chunks) {
  /** How many names one list holds at most. */
  public static final int MOST = 20_000;

  private static final int VERSION = 1;
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * Publishes a list.
   *
   * @param names in key order
   */
  static GarbageList publish(Repository repository, String key, List<String> names) {
    ObjectNode root = JSON.createObjectNode().put("version", VERSION);
    ArrayNode array = root.putArray("chunks");
    names.forEach(array::add);
    repository.write(key, JSON.writeValueAsBytes(root));
    return new GarbageList(key, table(names));
  }

  /**
   * Reads a list; empty if it is gone.
   *
   * @throws io.nsqlops.backup.error.OpsException VERIFICATION_FAILED if it is damaged
   */
  public static Optional<GarbageList> read(Repository repository, String key) {
    try {
      return repository.readSealed(key).map(plain -> parse(key, plain));
    } catch (OpsException e) {
      if (e.kind() != ErrorKind.VERIFICATION_FAILED) {
        throw e;
      }
      throw damaged(key, e);
    } catch (JacksonException | IllegalArgumentException e) {
      throw damaged(key, e);
    }
  }

  private static GarbageList parse(String key, byte[] plain) {
    List<String> names = new ArrayList<>();
    JSON.readTree(plain).required("chunks").forEach(c -> names.add(c.stringValue()));
    return new GarbageList(key, table(names));
  }

  private static OpsException damaged(String key, RuntimeException cause) {
    return new OpsException(
        ErrorKind.VERIFICATION_FAILED,
        key,
        "it cannot be told which chunks are being deleted: " + cause.getMessage(),
        "see that no prune runs, then drop the list: nsql-ops prune --remove-damaged …",
        cause);
  }

  private static ChunkTable table(List<String> names) {
    ChunkTable table = new ChunkTable();
    names.forEach(table::add);
    return table;
  }
}
