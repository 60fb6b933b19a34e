package io.nsqlops.logs.flow;

import io.nsqlops.logs.model.DataStream;
import io.nsqlops.logs.model.DocumentId;
import io.nsqlops.logs.model.JsonBytes;
import io.nsqlops.logs.tail.TrackedFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What all documents of one file and dataset have in common, as bytes. */
final class DocumentTemplate {
  private static final byte[] ACTION_END = "\"}}\n".getBytes(StandardCharsets.US_ASCII);

  private static final Pattern DOCKER_FILE = Pattern.compile("([0-9a-f]{64})-json\\.log");

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
   * @param enveloped whether the container runtime tells streams apart
   */
  static DocumentTemplate of(
      DataStream stream, long generation, TrackedFile file, String host, boolean enveloped) {
    String action =
        "{\"create\":{\"_index\":\""
            + stream.name()
            + "\",\"_id\":\""
            + DocumentId.prefix(generation);
    byte[][] constants =
        enveloped
            ? new byte[][] {
              constants(stream, file, host, "stdout"), constants(stream, file, host, "stderr")
            }
            : new byte[][] {constants(stream, file, host, "")};
    return new DocumentTemplate(action.getBytes(StandardCharsets.US_ASCII), constants);
  }

  byte[] fields(int stream) {
    return streams.length == 1 ? streams[0] : streams[stream];
  }

  void writeAction(JsonBytes out, long offset) {
    out.raw(action);
    DocumentId.offset(out, offset);
    out.raw(ACTION_END);
  }

  private static byte[] constants(
      DataStream stream, TrackedFile file, String host, String streamName) {
    JsonBytes out = new JsonBytes(256);
    out.raw('{');
    field(out, "event.dataset", stream.dataset());
    field(out, "host.name", host);
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
    byte[] bytes = new byte[out.size()];
    System.arraycopy(out.array(), 0, bytes, 0, bytes.length);
    return bytes;
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
