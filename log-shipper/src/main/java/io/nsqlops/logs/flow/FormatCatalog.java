package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.SourceConfig;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.parse.mariadb.MariadbErrorLog;
import io.nsqlops.logs.parse.plain.PlainText;
import io.nsqlops.logs.parse.unified.Component;
import io.nsqlops.logs.parse.unified.UnifiedLog;
import java.util.List;
import java.util.Optional;

/** Makes the formats for one file. */
final class FormatCatalog {
  private final SourceConfig source;
  private final Optional<Component> component;

  /**
   * @param nameHint the name of the container or file, which may tell which program writes it
   */
  FormatCatalog(SourceConfig source, String nameHint) {
    this.source = source;
    this.component = Component.named(nameHint);
  }

  /** The format of this name, as configured or remembered. */
  LineFormat named(String name) {
    for (Component known : Component.values()) {
      if (known.key().equals(name)) {
        return new UnifiedLog(known);
      }
    }
    return name.equals("mariadb") ? new MariadbErrorLog(source.timeZone()) : plain();
  }

  /** What lines are taken as until a format recognises one. */
  LineFormat plain() {
    return new PlainText(source.multiline());
  }

  /** The formats a file of unknown format may be of. */
  List<LineFormat> candidates() {
    return List.of(new UnifiedLog(component.orElse(Component.TIDB)), named("mariadb"));
  }
}
