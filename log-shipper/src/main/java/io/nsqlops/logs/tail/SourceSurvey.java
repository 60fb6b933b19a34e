package io.nsqlops.logs.tail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is to read of one source at this moment.
 *
 * @param files how many files match
 * @param bytes how much is in them, as they lie there
 * @param unreadable those that may not be read
 */
public record SourceSurvey(int files, long bytes, List<Path> unreadable) {
  public SourceSurvey {
    unreadable = List.copyOf(unreadable);
  }

  /**
   * One look at everything; a file that several sources match counts for the first.
   *
   * @param mostFiles how many files can be watched in the memory there is
   * @return a survey per source, in their order
   */
  public static List<SourceSurvey> of(List<Watched> sources, int mostFiles) {
    List<FoundFile> found = new Discovery(sources, mostFiles).scan();
    List<SourceSurvey> surveys = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      int source = i;
      List<FoundFile> files = found.stream().filter(f -> f.source() == source).toList();
      surveys.add(
          new SourceSurvey(
              files.size(),
              files.stream().mapToLong(f -> f.stat().size()).sum(),
              files.stream().map(FoundFile::path).filter(p -> !Files.isReadable(p)).toList()));
    }
    return surveys;
  }
}
