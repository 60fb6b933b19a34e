package io.nsqlops.logs.flow;

import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.config.SourceConfig;
import io.nsqlops.logs.parse.LineFormat;
import io.nsqlops.logs.tail.TrackedFile;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;

/** Makes the pipeline of each file, as its source is configured. */
final class FilePipelines {
  private final LogsConfig config;

  /** For each source. */
  private final List<ZoneNotice> zones;

  private final EventWriter.Shared shared;
  private final IdentityHashMap<TrackedFile, FilePipeline> pipelines = new IdentityHashMap<>();

  FilePipelines(LogsConfig config, EventWriter.Shared shared) {
    this.config = config;
    this.zones = config.sources().stream().map(ZoneNotice::new).toList();
    this.shared = shared;
  }

  FilePipeline of(TrackedFile file) {
    return pipelines.computeIfAbsent(file, this::create);
  }

  /** Whether the file was read by this run. */
  boolean exists(TrackedFile file) {
    return pipelines.containsKey(file);
  }

  /** Whether the lines of the file are in the envelope of a container runtime. */
  boolean isEnveloped(TrackedFile file) {
    return config.sources().get(file.source()).envelope().isContainer();
  }

  Collection<FilePipeline> all() {
    return pipelines.values();
  }

  void forget(TrackedFile file) {
    pipelines.remove(file);
  }

  private FilePipeline create(TrackedFile file) {
    SourceConfig source = config.sources().get(file.source());
    EventWriter writer =
        new EventWriter(
            shared,
            file,
            config.namespace(),
            source.dataset(),
            new DocumentTemplate.Origin(
                config.host(), source.envelope().isContainer(), source.labels()),
            zones.get(file.source()),
            source.rules());
    return new FilePipeline(
        file,
        source.envelope(),
        config.delivery().lineLimit(),
        formats(file, source),
        writer,
        source.rules());
  }

  private static FormatChoice formats(TrackedFile file, SourceConfig source) {
    FormatCatalog catalog = new FormatCatalog(source, nameHint(file), place(file));
    if (!source.isDetected()) {
      return FormatChoice.fixed(catalog.named(source.format()));
    }
    if (!file.format().isEmpty()) {
      LineFormat known = catalog.named(file.format());
      return file.position() > file.formatFrom()
          ? FormatChoice.remembered(catalog.plain(), known, file.formatFrom())
          : FormatChoice.provisional(
              catalog.plain(), known, file.formatFrom(), catalog.candidates());
    }
    return FormatChoice.open(catalog.plain(), catalog.candidates());
  }

  private static String place(TrackedFile file) {
    return KubernetesPath.of(file)
        .map(KubernetesPath::pod)
        .orElseGet(() -> file.livePath().toString());
  }

  private static String nameHint(TrackedFile file) {
    return KubernetesPath.of(file)
        .map(KubernetesPath::container)
        .orElseGet(() -> String.valueOf(file.livePath().getFileName()));
  }
}
