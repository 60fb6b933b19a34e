package io.nsqlops.backup.key;

import io.nsqlops.backup.model.KeySet;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A key set as JSON, for the inside of a slot: {@code {"idKey": …, "primary": 1, "dataKeys": {"1":
 * …}}}, keys in Base64.
 */
public final class KeySetJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private KeySetJson() {}

  public static ObjectNode write(KeySet keys) {
    ObjectNode node = JSON.createObjectNode();
    node.put("idKey", KeySlot.base64(keys.idKey()));
    node.put("primary", keys.primary());
    ObjectNode dataKeys = node.putObject("dataKeys");
    for (int id : keys.dataKeyIds()) {
      dataKeys.put(Integer.toString(id), KeySlot.base64(keys.dataKey(id).orElseThrow()));
    }
    return node;
  }

  /**
   * The key set that {@link #write} wrote.
   *
   * @throws io.nsqlops.backup.error.OpsException WRONG_KEY if this is no key set
   */
  public static KeySet read(JsonNode node) {
    TreeMap<Integer, byte[]> dataKeys = new TreeMap<>();
    JsonNode stored = node.path("dataKeys");
    try {
      for (Map.Entry<String, JsonNode> entry : stored.properties()) {
        dataKeys.put(Integer.valueOf(entry.getKey()), KeySlot.bytes(stored, entry.getKey()));
      }
      int primary = KeySlot.integer(node, "primary", 0, Integer.MAX_VALUE);
      return new KeySet(KeySlot.bytes(node, "idKey"), dataKeys, primary);
    } catch (IllegalArgumentException e) {
      throw KeySlot.wrongKey("it does not hold a key set", null);
    }
  }
}
