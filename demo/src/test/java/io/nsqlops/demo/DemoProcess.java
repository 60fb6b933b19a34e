package io.nsqlops.demo;

import io.nsqlops.testbeds.process.WaitToTheEnd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The demonstration as a process of its own, with a temporary folder of its own. */
final class DemoProcess implements AutoCloseable {
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(10);

  private final Process process;
  private final Path temporary;
  private final Path out;
  private final Path err;

  private DemoProcess(Process process, Path temporary, Path out, Path err) {
    this.process = process;
    this.temporary = temporary;
    this.out = out;
    this.err = err;
  }

  static DemoProcess start(Path directory, String... arguments) throws IOException {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    List<String> command = new ArrayList<>();
    // Whoever runs the tests in the background has Ctrl+C ignored, and so would this process.
    command.addAll(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + temporary));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.nsqlops.cli.Main", "demo"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("NSQL_OPS_DEMO_ROWS", "12000");
    return new DemoProcess(builder.start(), temporary, out, err);
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  /** Waits until this was told. */
  void awaitTold(String text) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE;
    while (!err().contains(text)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("never told: " + text + "\n" + err());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  void signal(String name) throws IOException, InterruptedException {
    signal(process.pid(), name);
  }

  /** Kills a server of the demonstration. */
  void killServer(String program) throws IOException, InterruptedException {
    for (ProcessHandle server : servers()) {
      if (told(server.pid(), "comm").strip().equals(program)) {
        signal(server.pid(), "KILL");
      }
    }
  }

  private static void signal(long pid, String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE, TimeUnit.NANOSECONDS)) {
      throw new AssertionError("the demonstration does not end");
    }
    return process.exitValue();
  }

  /** Waits until nothing is left: no process that names the temporary folder, no file in it. */
  void awaitNothingLeft() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE;
    while (!nothingLeft()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("left: " + servers() + " " + files());
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  boolean nothingLeft() throws IOException {
    return servers().isEmpty() && files().isEmpty();
  }

  /** Including those that belong to another user, whose command line the JDK does not tell. */
  private List<ProcessHandle> servers() {
    return ProcessHandle.allProcesses()
        .filter(p -> p.pid() != process.pid() && namesFolder(p.pid()))
        .toList();
  }

  private boolean namesFolder(long pid) {
    return told(pid, "cmdline").contains(temporary.toString());
  }

  /** What the system tells of a process; nothing if it is gone meanwhile. */
  private static String told(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/" + file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      // the JVM's own, and libraries that are unpacked and deleted at exit
      return files.filter(f -> f.getFileName().toString().startsWith("nsql-ops-demo-")).toList();
    }
  }

  @Override
  public void close() {
    process.destroy();
    WaitToTheEnd.of(
        () -> {
          if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
          }
        });
  }
}
