package io.nsqlops.cli.command;

import io.nsqlops.cli.config.Configuration;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.output.Result;
import io.nsqlops.k8s.manifest.Installation;
import io.nsqlops.k8s.manifest.ManifestPrinter;
import io.nsqlops.k8s.manifest.Manifests;
import java.util.List;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Prints the objects of an installation in Kubernetes. */
@CommandLine.Command(
    name = "manifests",
    description = {
      "Print what --config FILE asks for as Kubernetes objects: CronJobs, a restore Job, the log"
          + " shipper's DaemonSet and what they need.",
      "Pipe it to kubectl apply -f -"
    })
public final class ManifestsCommand implements Command {

  @Override
  public Result run(Context context) {
    Configuration file = context.requireFile();
    Installation installation = new Installation(file.backup(), file.kubernetes(), file.document());
    String yaml = ManifestPrinter.print(Manifests.render(installation));
    return Result.of(list(yaml), yaml.lines().toList());
  }

  /** The same objects as the one document that JSON output is. */
  private static JsonNode list(String yaml) {
    YAMLMapper mapper = new YAMLMapper();
    ObjectNode list = mapper.createObjectNode().put("apiVersion", "v1").put("kind", "List");
    ArrayNode items = list.putArray("items");
    try (MappingIterator<JsonNode> documents = mapper.readerFor(JsonNode.class).readValues(yaml)) {
      List<JsonNode> all = documents.readAll();
      all.forEach(items::add);
    }
    return list;
  }
}
