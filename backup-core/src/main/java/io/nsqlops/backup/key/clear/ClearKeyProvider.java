package io.nsqlops.backup.key.clear;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.key.KeyProvider;
import io.nsqlops.backup.key.KeySetJson;
import io.nsqlops.backup.key.KeySlot;
import io.nsqlops.backup.model.KeySet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the id key of an unencrypted repository in clear. Refuses anything that encrypts. */
public final class ClearKeyProvider implements KeyProvider {
  private static final String KIND = "clear";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public byte[] wrap(KeySet keys, String repositoryId) {
    if (keys.encrypts()) {
      throw new OpsException(
          ErrorKind.USAGE,
          "keys/",
          "the keys of an encrypted repository cannot be kept in clear",
          "Give a passphrase.");
    }
    ObjectNode slot = KeySlot.create(KIND);
    slot.put("repository", repositoryId);
    slot.set("keys", KeySetJson.write(keys));
    return KeySlot.write(slot);
  }

  @Override
  public KeySet unwrap(byte[] slot, String repositoryId) {
    JsonNode node = KeySlot.read(slot, KIND);
    if (!KeySlot.text(node, "repository").equals(repositoryId)) {
      throw KeySlot.wrongKey("it belongs to another repository", null);
    }
    KeySet keys = KeySetJson.read(node.path("keys"));
    if (keys.encrypts()) {
      throw KeySlot.wrongKey("it holds data keys in clear, which no repository does", null);
    }
    return keys;
  }
}
