package io.nsqlops.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonReferenceTest {
  private static void require(String command, String out) {
    JsonReference.requireDocumented(List.of(command, "--output=json"), out);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "verify | {'id':'x','damages':[{'table':'a','what':'b'}],'kind':'usage'}",
        "verify | {'damages':[]}",
        "backup | {'tags':{'why':'test'},'scope':{'where':[{'tables':'a'}],'include':[]}}",
        "list | [{'id':'x','tags':{},'pinned':true}]",
        "import | {'importedFrom':'mydumper','storedBytes':5}",
      })
  void whatIsOnThePageIsKnown(String command, String out) {
    assertThatCode(() -> require(command, out.replace('\'', '"'))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "verify | {'id':'x','surprise':1} | surprise",
        "verify | {'damages':[{'tables':'a'}]} | damages[].tables",
        "list | [{'contents':[]}] | contents[]",
        "backup | {'scope':{'where':[{'sql':'a'}]}} | scope.where[].sql",
        "unheard-of | {'id':'x'} | id",
      })
  void whatIsNotOnThePageIsFound(String command, String out, String key) {
    assertThatThrownBy(() -> require(command, out.replace('\'', '"')))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(key);
  }

  @Test
  void otherOutputIsNoneOfItsBusiness() {
    assertThatCode(() -> JsonReference.requireDocumented(List.of("list"), "no JSON"))
        .doesNotThrowAnyException();
  }
}
