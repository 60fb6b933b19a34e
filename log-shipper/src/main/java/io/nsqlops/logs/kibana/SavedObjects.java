package io.nsqlops.logs.kibana;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is installed, as Kibana exports and imports it: one JSON object a line. */
public final class SavedObjects {
  private static final String RESOURCE = "/nsql-ops-kibana.ndjson";

  private SavedObjects() {}

  /** All objects, in an order in which none refers to a later one. */
  public static List<String> lines() {
    try (InputStream in = SavedObjects.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + RESOURCE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
