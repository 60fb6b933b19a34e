package io.nsqlops.logs.parse.unified;

import java.util.Locale;
import java.util.Optional;

/** Which program of a TiDB cluster wrote the log. The lines themselves do not say. */
public enum Component {
  TIDB,
  TIKV,
  PD,
  TICDC,
  TIFLASH,
  TIPROXY;

  private final String key = name().toLowerCase(Locale.ROOT);
  private final String dataset = key + ".server";

  /** The name used in configurations and as the component's own object in documents. */
  public String key() {
    return key;
  }

  public String dataset() {
    return dataset;
  }

  /** The component a container or file name tells of. */
  public static Optional<Component> named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (Component component : new Component[] {TIKV, TICDC, TIFLASH, TIPROXY, TIDB}) {
      if (lower.contains(component.key())) {
        return Optional.of(component);
      }
    }
    boolean pd = lower.equals("pd") || lower.startsWith("pd-") || lower.startsWith("pd.");
    return pd ? Optional.of(PD) : Optional.empty();
  }
}
