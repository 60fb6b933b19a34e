package io.nsqlops.testbeds.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSummaryTest {
  @TempDir Path root;
  private final Instant began = Instant.now().minus(Duration.ofMinutes(5));

  @BeforeEach
  void modules() throws IOException {
    Files.createDirectories(root.resolve("one/src/test/java"));
    Files.createDirectories(root.resolve("two/src/test/java"));
    Files.createDirectories(root.resolve("docs"));
  }

  @Test
  void addsUpAllModulesAndNamesEveryReason() throws IOException {
    report("one", "A", "<testcase name='a' classname='A'/><testcase name='b' classname='A'/>");
    report(
        "one",
        "B",
        "<testcase name='a'><failure message='no'>trace</failure></testcase>"
            + "<testcase name='b'><error/><system-out>x</system-out></testcase>"
            + skipped("run testbeds/install tidb"));
    report(
        "two",
        "C",
        skipped("run testbeds/install tidb")
            + "<testcase name='c'><skipped type='T'><![CDATA["
            + "org.opentest4j.TestAbortedException: Assumption failed: root can read all\n\tat x"
            + "]]></skipped></testcase>"
            + "<testcase name='e'><skipped type='T'><![CDATA["
            + "org.opentest4j.TestAbortedException: \nAssumption failed: only root mounts:\nno\n\tat x"
            + "]]></skipped></testcase>"
            + "<testcase name='d' classname='C'><skipped/></testcase>");

    assertThat(summary(false).lines())
        .containsExactly(
            "",
            "Skipped 2: run testbeds/install tidb",
            "Skipped 1: Assumption failed: only root mounts:",
            "Skipped 1: Assumption failed: root can read all",
            "Skipped 1: no reason given (C)",
            "Tests: 2 passed, 2 failed, 5 skipped");
  }

  @Test
  void reportsOfEarlierBuildsDoNotCountAndSilentModulesAreNamed() throws IOException {
    report("one", "A", "<testcase name='a'/>");
    Path old = report("two", "B", "<testcase name='b'/>");
    Files.setLastModifiedTime(old, FileTime.from(began.minusSeconds(1)));

    assertThat(summary(false).lines())
        .containsExactly(
            "",
            "Modules with tests, none of which ran in this build: [two]",
            "Tests: 1 passed, 0 failed, 0 skipped");
  }

  @Test
  void noReportsAreAnErrorUnlessTestsWereToBeSkipped() throws IOException {
    assertThatThrownBy(() -> summary(false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no test reports");
    assertThat(summary(true)).contains("none ran");
  }

  @Test
  void aBrokenReportIsAnError() throws IOException {
    report("one", "A", "<testcase>");
    assertThatThrownBy(() -> summary(false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("TEST-A.xml");
  }

  private static String skipped(String reason) {
    return "<testcase name='s' classname='S'><skipped message='" + reason + "'/></testcase>";
  }

  private Path report(String module, String name, String cases) throws IOException {
    Path folder = Files.createDirectories(root.resolve(module).resolve("target/surefire-reports"));
    return Files.writeString(
        folder.resolve("TEST-" + name + ".xml"),
        "<?xml version='1.0' encoding='UTF-8'?><testsuite name='x'>" + cases + "</testsuite>");
  }

  private String summary(boolean testsAreSkipped) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      TestSummary.print(root, began, testsAreSkipped, out);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
