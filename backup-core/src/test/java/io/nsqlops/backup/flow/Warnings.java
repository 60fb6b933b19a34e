package io.nsqlops.backup.flow;

import java.util.List;

/** Collects what a flow warns of. */
public record Warnings(List<String> lines) implements Progress {
  @Override
  public void phase(String name, long totalBytes) {}

  @Override
  public void advanced(long rows, long bytes) {}

  @Override
  public void warning(String message) {
    lines.add(message);
  }
}
