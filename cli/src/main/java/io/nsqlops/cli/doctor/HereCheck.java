package io.nsqlops.cli.doctor;

import io.nsqlops.backup.codec.crypto.CryptoSuite;
import java.util.Locale;

/** Looks at the process itself. */
public final class HereCheck {
  private static final String SUBJECT = "here";
  private static final long LEAST_HEAP = 200L << 20;

  private final Checklist list;

  public HereCheck(Checklist list) {
    this.list = list;
  }

  /** Java, its heap, and which cryptography works here. */
  public void run() {
    list.check(
        SUBJECT,
        "java",
        () ->
            Runtime.version()
                + ", "
                + System.getProperty("os.arch")
                + ", "
                + Runtime.getRuntime().availableProcessors()
                + " processors");
    long heap = Runtime.getRuntime().maxMemory();
    if (heap < LEAST_HEAP) {
      list.ill(
          SUBJECT,
          "heap",
          (heap >> 20) + " MiB at most are too few for a backup",
          "set NSQL_OPS_HEAP=256m or more");
    } else {
      list.well(SUBJECT, "heap", (heap >> 20) + " MiB at most");
    }
    list.check(
        SUBJECT,
        "crypto",
        () -> {
          CryptoSuite suite = CryptoSuite.forBulk();
          return suite.name().toLowerCase(Locale.ROOT)
              + (suite == CryptoSuite.JDK ? ": slower than native, same bytes" : "");
        });
  }
}
