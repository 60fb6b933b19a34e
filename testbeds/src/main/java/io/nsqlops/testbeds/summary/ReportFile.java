package io.nsqlops.testbeds.summary;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** One {@code TEST-*.xml} of Surefire. */
final class ReportFile {
  private ReportFile() {}

  static Totals read(Path file) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    try (InputStream stream = Files.newInputStream(file)) {
      XMLStreamReader xml = factory.createXMLStreamReader(stream);
      Totals totals = Totals.NONE;
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT
            && xml.getLocalName().equals("testcase")) {
          totals = totals.plus(testCase(xml));
        }
      }
      return totals;
    } catch (XMLStreamException e) {
      throw new IOException(file + " is not a test report: " + e.getMessage(), e);
    }
  }

  private static Totals testCase(XMLStreamReader xml) throws XMLStreamException {
    String name = xml.getAttributeValue(null, "classname");
    Totals outcome = new Totals(1, 0, Map.of());
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("testcase")) {
        return outcome;
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "failure", "error" -> outcome = new Totals(0, 1, Map.of());
          case "skipped" -> outcome = new Totals(0, 0, Map.of(reason(xml, name), 1));
          default -> {}
        }
      }
    }
    return outcome;
  }

  /** The message; for a broken assumption it stands in the text, behind the exception's name. */
  private static String reason(XMLStreamReader xml, String className) throws XMLStreamException {
    String message = xml.getAttributeValue(null, "message");
    if (message == null || message.isBlank()) {
      String text = xml.getElementText().strip();
      String told = text.replaceFirst("^[\\w.$]+Exception:?\\s*", "");
      message = told.lines().findFirst().orElse("");
    }
    return message.isBlank() ? "no reason given (" + className + ")" : message.strip();
  }
}
