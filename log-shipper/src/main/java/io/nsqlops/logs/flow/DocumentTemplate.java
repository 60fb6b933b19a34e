package io.nsqlops.logs.flow;

import io.nsqlops.logs.model.DataStream;
import io.nsqlops.logs.model.DocumentId;
import io.nsqlops.logs.model.JsonBytes;
import io.nsqlops.logs.tail.TrackedFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What all documents of one file and dataset have in common, as bytes. */
final class DocumentTemplate {
  private static final byte[] ACTION_END = "\"}}\n".getBytes(StandardCharsets.US_ASCII);

  private static final Pattern DOCKER_FILE = Pattern.compile("([0-9a-f]{64})-json\\.log");

  /**
   * What all files of a source have in common.
   *
   * @param host name of the machine
   * @param enveloped whether the container runtime tells streams apart
   * @param labels names and values of the user's own
   */
  record Origin(String host, boolean enveloped, Map<String, String> labels) {}

  /** The action line up to the offset in the id. */
  private final byte[] action;

  /** The fields every document begins with, for each stream of the envelope. */
  private final byte[][] streams;

  private DocumentTemplate(byte[] action, byte[][] streams) {
    this.action = action;
    this.streams = streams;
  }

  /**
   * Prepares the bytes.
   *
   * @param origin what is known of the file's source
   */
  static DocumentTemplate of(DataStream stream, long generation, TrackedFile file, Origin origin) {
    byte[][] constants =
        origin.enveloped()
            ? new byte[][] {
              constants(stream, file, origin, "stdout"), constants(stream, file, origin, "stderr")
            }
            : new byte[][] {constants(stream, file, origin, "")};
    return new DocumentTemplate(action(stream, generation), constants);
  }

  /** For documents that tell of the shipper itself, not of a file. */
  static DocumentTemplate ofShipper(DataStream stream, long generation, String host) {
    return new DocumentTemplate(
        action(stream, generation), new byte[][] {bytes(machine(stream, host))});
  }

  private static byte[] action(DataStream stream, long generation) {
    String action =
        "{\"create\":{\"_index\":\""
            + stream.name()
            + "\",\"_id\":\""
            + DocumentId.prefix(generation);
    return action.getBytes(StandardCharsets.US_ASCII);
  }

  byte[] fields(int stream) {
    return streams.length == 1 ? streams[0] : streams[stream];
  }

  /**
   * Writes the line that says what is to be done with the document.
   *
   * @param offset of the event's first byte
   * @param joined bytes that were joined to its first line
   */
  void writeAction(JsonBytes out, long offset, int joined) {
    out.raw(action);
    DocumentId.offset(out, offset);
    if (joined > 0) {
      DocumentId.joined(out, joined);
    }
    out.raw(ACTION_END);
  }

  private static byte[] constants(
      DataStream stream, TrackedFile file, Origin origin, String streamName) {
    JsonBytes out = machine(stream, origin.host());
    field(out, "log.file.path", file.livePath().toString());
    if (!streamName.isEmpty()) {
      field(out, "stream", streamName);
    }
    containerId(file.livePath()).ifPresent(id -> field(out, "container.id", id));
    KubernetesPath.of(file)
        .ifPresent(
            k -> {
              field(out, "kubernetes.namespace", k.namespace());
              field(out, "kubernetes.pod.name", k.pod());
              field(out, "kubernetes.pod.uid", k.uid());
              field(out, "kubernetes.container.name", k.container());
            });
    labels(out, origin.labels());
    return bytes(out);
  }

  private static JsonBytes machine(DataStream stream, String host) {
    JsonBytes out = new JsonBytes(256);
    out.raw('{');
    field(out, "event.dataset", stream.dataset());
    field(out, "host.name", host);
    return out;
  }

  private static byte[] bytes(JsonBytes out) {
    return Arrays.copyOf(out.array(), out.size());
  }

  /** As an object: a flattened field takes no names with dots. */
  private static void labels(JsonBytes out, Map<String, String> labels) {
    if (labels.isEmpty()) {
      return;
    }
    JsonBytes object = new JsonBytes(64);
    object.raw('{');
    labels.forEach((name, value) -> field(object, name, value));
    object.raw('}');
    out.raw(",\"labels\":".getBytes(StandardCharsets.US_ASCII));
    out.raw(object.array(), 0, object.size());
  }

  /** Docker names the file after the container. */
  private static Optional<String> containerId(Path livePath) {
    Matcher name = DOCKER_FILE.matcher(String.valueOf(livePath.getFileName()));
    return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
  }

  private static void field(JsonBytes out, String name, String value) {
    if (out.size() > 1) {
      out.raw(',');
    }
    out.raw(('"' + name + "\":\"").getBytes(StandardCharsets.US_ASCII));
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    out.text(bytes, 0, bytes.length);
    out.raw('"');
  }
}
