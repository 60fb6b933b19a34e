package io.nsqlops.logs.flow;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A shipper in a JVM of its own. */
final class ShipperProcess implements AutoCloseable {
  private final Process process;
  private final Path output;

  private ShipperProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * @param config the {@code logs} section as JSON
   */
  static ShipperProcess start(Path directory, String config) throws IOException {
    Path file = Files.writeString(directory.resolve("shipper.json"), config);
    Path output = directory.resolve("shipper.out");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ShipperMain.class.getName(),
            file.toString());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(new File(output.toString())));
    return new ShipperProcess(builder.start(), output);
  }

  /** What it and those before it printed. */
  String output() throws IOException {
    return Files.readString(output);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The most memory it ever held, in KiB, as the kernel counts it. */
  long peakKib() throws IOException {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    String peak =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(peak.replaceAll("\\D", ""));
  }

  /** Ends it as a crash does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Ends it as Kubernetes does; the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the shipper does not stop");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
