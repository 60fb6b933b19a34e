package io.nsqlops.backup.key;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON envelope all slot documents share: {@code {"format": "nsql-ops-key-slot", "version": 1,
 * "kind": …}} and the provider's own fields.
 */
public final class KeySlot {
  private static final String FORMAT = "nsql-ops-key-slot";
  private static final int VERSION = 1;
  private static final int MAX_LENGTH = 64 * 1024;
  private static final JsonMapper JSON = JsonMapper.shared();

  private KeySlot() {}

  public static ObjectNode create(String kind) {
    return JSON.createObjectNode().put("format", FORMAT).put("version", VERSION).put("kind", kind);
  }

  public static byte[] write(ObjectNode slot) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(slot);
  }

  /**
   * Reads a slot that must be of this kind.
   *
   * @throws OpsException WRONG_KEY if it is not
   */
  public static JsonNode read(byte[] document, String kind) {
    JsonNode slot = parse(document);
    String found = text(slot, "kind");
    if (!found.equals(kind)) {
      throw wrongKey("it is of kind " + found + ", wanted is " + kind, null);
    }
    return slot;
  }

  /**
   * What a slot says of itself. Nothing protects these fields: they are for people, and to try the
   * likelier slot first.
   *
   * @param kind of the provider
   * @param primary id of the newest data key inside; 0 where it is not told
   * @param label chosen by whoever added it; may be empty
   * @param holder what opens it, in the provider's words; may be empty
   */
  public record Description(String kind, int primary, String label, String holder) {}

  /**
   * Reads what a slot says of itself.
   *
   * @throws OpsException WRONG_KEY if this is no slot
   */
  public static Description describe(byte[] document) {
    JsonNode slot = parse(document);
    return new Description(
        text(slot, "kind"),
        slot.path("primary").asInt(0),
        printable(slot.path("label").asString("")),
        printable(slot.path("keyId").asString("")));
  }

  /** Anybody who can write to the store can write here, also what a terminal would obey. */
  private static String printable(String text) {
    String safe = text.replaceAll("[^\\p{L}\\p{N}\\p{P}\\p{S} ]", "?");
    return safe.substring(0, Math.min(safe.length(), 200));
  }

  /** The same slot with a label and the id of the newest data key inside. */
  static byte[] describedAs(byte[] document, String label, int primary) {
    ObjectNode slot = (ObjectNode) parse(document);
    if (primary > 0) {
      slot.put("primary", primary);
    }
    if (!label.isEmpty()) {
      slot.put("label", label);
    }
    return write(slot);
  }

  /** A text field that must be there. */
  public static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isString()) {
      throw wrongKey("it has no " + field, null);
    }
    return value.stringValue();
  }

  /** An integer field that must be there, within bounds that keep a forged slot harmless. */
  public static int integer(JsonNode node, String field, int min, int max) {
    JsonNode value = node.path(field);
    if (!value.isInt() || value.intValue() < min || value.intValue() > max) {
      throw wrongKey("its " + field + " is not a number from " + min + " to " + max, null);
    }
    return value.intValue();
  }

  /** A field of Base64 that must be there. */
  public static byte[] bytes(JsonNode node, String field) {
    try {
      return Base64.getDecoder().decode(text(node, field));
    } catch (IllegalArgumentException e) {
      throw wrongKey("its " + field + " is not Base64", e);
    }
  }

  public static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  public static OpsException wrongKey(String why, @Nullable Throwable cause) {
    return new OpsException(
        ErrorKind.WRONG_KEY,
        "keys/",
        "the key slot does not open: " + why,
        "Check the passphrase or KMS key, and that it belongs to this repository.",
        cause);
  }

  private static JsonNode parse(byte[] document) {
    if (document.length > MAX_LENGTH) {
      throw wrongKey("it is " + document.length + " bytes long", null);
    }
    try {
      JsonNode slot = JSON.readTree(document);
      if (!text(slot, "format").equals(FORMAT)) {
        throw wrongKey("it is not a key slot", null);
      }
      integer(slot, "version", VERSION, VERSION);
      return slot;
    } catch (JacksonException e) {
      // The cause would quote the document, which may hold keys in clear.
      throw wrongKey("it is not JSON", null);
    }
  }
}
