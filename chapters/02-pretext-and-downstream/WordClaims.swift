import Notebook

/// What the page says of words, each with the papers' figure and this run's.
///
/// - Parameters:
///   - page: the page.
///   - widest: the scores of the widest vectors, beside their optimum.
///   - relations: neighbours and analogies, one for each seed.
///   - topics: what the vectors are worth for stories.
///   - isWhole: whether the run is as long as the page's.
func claimWords(
  _ page: Page, _ widest: OptimumStudy.Row, _ relations: [WordRelations], _ topics: TopicStudy,
  isWhole: Bool
) {
  func short(_ number: Double) -> String { NumberStyle.decimals(2).text(number) }
  let often = widest.often
  page.claim(
    "optimum", "Where width allows, u·v comes to the optimum that the counts name.",
    paper: "exact for every free cell (Levy and Goldberg 2014)",
    here: "pairs met often, width \(widest.width): \(short(often.distance)) from x, "
      + "\(short(often.distanceFromPMI)) from PMI − log k; correlation "
      + short(often.correlation),
    holds: often.distance < often.distanceFromPMI / 2 && often.correlation > 0.95,
    whyNot: isWhole ? nil : "shorter runs and narrower tables do not come so far")
  /// How much better vectors are at analogies than others, in the mean over the relations.
  func lead(_ name: String, over other: String) -> PairedDifference {
    PairedDifference(
      relations.map { $0.meanAnalogy(name) }, minus: relations.map { $0.meanAnalogy(other) })
  }
  let learnt = [
    lead(WordTrial.skipGram, over: WordTrial.counts),
    lead(WordTrial.thinned, over: WordTrial.thinnedCounts),
  ]
  page.claim(
    "analogies", "Learnt vectors answer analogies better than counted ones.",
    paper: "not compared with counts there; skip-gram with 5 negatives 59 % "
      + "(Mikolov et al. 2013b, table 1)",
    here: "skip-gram minus counts \(learnt[0].points), thinned \(learnt[1].points)",
    leads: learnt, whyNot: "without thinning, skip-gram misses the pronouns")
  let thinned = lead(WordTrial.thinned, over: WordTrial.skipGram)
  page.claim(
    "thinning", "Thinning out frequent words makes skip-gram better at analogies.",
    paper: "total 59 → 60 %, syntactic 63 → 61 %, semantic 54 → 58 % "
      + "(Mikolov et al. 2013b, table 1)",
    here: "\(thinned.points) in the mean of three relations", leads: [thinned],
    whyNot: "most words of so small a vocabulary are frequent: thinning them loses text")
  let leads = TopicStudy.tasks.map { task in
    PairedDifference(
      topics.accuracies(task: task, features: WordTrial.skipGram, labels: 30),
      minus: topics.accuracies(task: task, features: TopicStudy.bayes, labels: 30))
  }
  page.claim(
    "topics", "With 30 labels the mean of learnt vectors beats naive Bayes on a bag of words.",
    paper: "not measured there",
    here: zip(TopicStudy.tasks, leads).map { "\($0) \($1.points)" }.joined(separator: ", "),
    leads: leads, whyNot: "with 30 labels nothing beats the commonest class there")
}
