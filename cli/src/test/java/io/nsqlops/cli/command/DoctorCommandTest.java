package io.nsqlops.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqlops.cli.doctor.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  @Test
  void aHintForSeveralFindingsIsToldOnceBelowThem() {
    List<String> lines =
        DoctorCommand.text(
            List.of(
                new Finding("source", "read", false, "a", "grant it"),
                new Finding("source", "read", false, "b", "grant it"),
                new Finding("source", "clock", false, "c", "set it"),
                new Finding("source", "hold", true, "d", ""),
                new Finding("target", "load", false, "e", "set it")));

    assertThat(lines.stream().map(l -> l.replaceFirst("^.*\\s{2,}", "")))
        .containsExactly("a", "b", "HINT: grant it", "c", "HINT: set it", "d", "e", "HINT: set it");
  }
}
