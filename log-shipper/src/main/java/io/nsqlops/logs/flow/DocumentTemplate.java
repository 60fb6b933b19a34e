package io.nsqlops.logs.flow;

import io.nsqlops.logs.model.DataStream;
import io.nsqlops.logs.model.DocumentId;
import io.nsqlops.logs.model.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What all documents of one file and dataset have in common, as bytes. */
final class DocumentTemplate {
  private static final byte[] ACTION_END = "\"}}\n".getBytes(StandardCharsets.US_ASCII);

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
      DataStream stream, long generation, Path livePath, String host, boolean enveloped) {
    String action =
        "{\"create\":{\"_index\":\""
            + stream.name()
            + "\",\"_id\":\""
            + DocumentId.prefix(generation);
    byte[][] constants =
        enveloped
            ? new byte[][] {
              constants(stream, livePath, host, "stdout"),
              constants(stream, livePath, host, "stderr")
            }
            : new byte[][] {constants(stream, livePath, host, "")};
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
      DataStream stream, Path livePath, String host, String streamName) {
    JsonBytes out = new JsonBytes(256);
    out.raw('{');
    field(out, "event.dataset", stream.dataset());
    field(out, "host.name", host);
    field(out, "log.file.path", livePath.toString());
    if (!streamName.isEmpty()) {
      field(out, "stream", streamName);
    }
    KubernetesPath.of(livePath)
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
