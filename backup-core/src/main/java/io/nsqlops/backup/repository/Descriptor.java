package io.nsqlops.backup.repository;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.store.StoreCapabilities;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The object that makes a prefix a repository. Not secret: it can be read without keys.
 *
 * @param id random, bound into every sealed object
 * @param encrypted what init was told; readers go by the keys they hold, not by this
 * @param store what the store could do at init
 */
record Descriptor(String id, boolean encrypted, StoreCapabilities store) {
  private static final String FORMAT = "nsql-ops-repository";
  private static final int VERSION = 1;
  private static final JsonMapper JSON = JsonMapper.shared();

  byte[] write() {
    return JSON.writerWithDefaultPrettyPrinter()
        .writeValueAsBytes(
            JSON.createObjectNode()
                .put("format", FORMAT)
                .put("version", VERSION)
                .put("id", id)
                .put("encrypted", encrypted)
                .put("conditionalPut", store.conditionalPut()));
  }

  static Descriptor read(byte[] json, String location) {
    try {
      JsonNode node = JSON.readTree(json);
      int version = node.path("version").intValue(0);
      if (!node.path("format").stringValue("").equals(FORMAT) || version < 1) {
        throw damaged(location, "it is not a repository descriptor");
      }
      if (version > VERSION) {
        throw new OpsException(
            ErrorKind.USAGE,
            RepositoryLayout.DESCRIPTOR,
            "the repository at " + location + " has format " + version + ", newer than " + VERSION,
            "use a newer nsql-ops");
      }
      return new Descriptor(
          node.required("id").stringValue(),
          node.required("encrypted").booleanValue(),
          new StoreCapabilities(node.required("conditionalPut").booleanValue()));
    } catch (JacksonException e) {
      throw damaged(location, e.getOriginalMessage());
    }
  }

  private static OpsException damaged(String location, String why) {
    return new OpsException(
        ErrorKind.VERIFICATION_FAILED,
        RepositoryLayout.DESCRIPTOR,
        "the descriptor of the repository at " + location + " is damaged: " + why,
        "put back " + RepositoryLayout.DESCRIPTOR + " from a copy of the repository");
  }
}
