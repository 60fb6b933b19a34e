package io.nsqlops.logs.parse;

import io.nsqlops.logs.model.LineRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Puts the lines of a text together to events, as the shipper does. */
public final class Events {
  private Events() {}

  /** The events of what a server wrote once: a resource in {@code genuine}. */
  public static List<Parsed> genuine(LineFormat format, String name) {
    return of(format, resource(name)).stream().map(event -> Parsed.by(format, event)).toList();
  }

  /** The lines of a resource in {@code genuine}, without the last line's end. */
  public static String resource(String name) {
    try (InputStream in = Events.class.getResourceAsStream("/genuine/" + name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<String> of(LineFormat format, String text) {
    List<String> events = new ArrayList<>();
    boolean open = false;
    for (String line : text.split("\n", -1)) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      int last = events.size() - 1;
      byte[] before = last < 0 ? new byte[0] : events.get(last).getBytes(StandardCharsets.UTF_8);
      LineRole role = format.role(bytes, 0, bytes.length);
      if (open
          && role == LineRole.CONTINUES
          && format.continues(before, before.length, bytes, 0, bytes.length)) {
        events.set(last, events.get(last) + '\n' + line);
      } else {
        events.add(line);
      }
      open = role != LineRole.ALONE;
    }
    return events;
  }
}
