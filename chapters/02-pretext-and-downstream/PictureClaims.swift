import CourseData
import Notebook

/// What the page says of pictures, each with a paper's figure and this run's.
func claimPictures(_ page: Page, _ matrix: PretextMatrix, _ few: FewLabels, many: Int) {
  func score(_ pretext: Pretext, _ task: DownstreamTask) -> String {
    NumberStyle.decimals(2).text(matrix.mean(pretext, task))
  }
  page.claim(
    "between",
    "For the kind, turns lie between a random encoder and one that was trained with labels.",
    paper: "72.5 < 91.2 < 92.8 % (CIFAR-10, convolutional head; Gidaris 2018, table 3)",
    here: "\(score(.nothing, .kind)) < \(score(.turns, .kind)) < \(score(.supervised, .kind))",
    leads: [
      matrix.lead(.turns, over: .nothing, .kind), matrix.lead(.supervised, over: .turns, .kind),
    ])
  let winners = DownstreamTask.allCases.map { matrix.best($0) }
  page.claim(
    "no-winner", "No pretext task is the best for every downstream task.",
    paper: "nor is one network for every pretext task (Kolesnikov 2019)",
    here: "\(Set(winners).count) different pretexts have the best mean at something",
    holds: Set(winners).count > 1)
  page.claim(
    "irrelevant",
    "What a pretext makes irrelevant it can unlearn: less than a random encoder knows.",
    paper: "no figure",
    here: "hue: random \(score(.nothing, .hue)), colour from grey \(score(.colour, .hue)), "
      + "supervised \(score(.supervised, .hue))",
    leads: [
      matrix.lead(.nothing, over: .colour, .hue), matrix.lead(.nothing, over: .supervised, .hue),
    ])
  func tuned(_ task: DownstreamTask, _ start: Pretext, _ count: Int) -> String {
    NumberStyle.decimals(2).text(few.curve(task, start, .tuned).mean(count))
  }
  func scratch(_ task: DownstreamTask, _ count: Int) -> String {
    NumberStyle.decimals(2).text(few.scratch(task).mean(count))
  }
  let labels = few.counts.contains(300) ? 300 : few.counts[0]
  func lead(_ task: DownstreamTask, _ start: Pretext, _ count: Int) -> PairedDifference {
    few.curve(task, start, .tuned).lead(over: few.scratch(task), at: count)
  }
  page.claim(
    "autoencoder-random",
    "Fine-tuned, an autoencoder's weights are worth no more than random ones.",
    paper: "41.9 against 43.4 mAP, detection in VOC (Pathak 2016, v2, table 2)",
    here: "kind: \(tuned(.kind, .autoencoder, labels)) against \(scratch(.kind, labels)), "
      + "\(labels) labels",
    holds: !lead(.kind, .autoencoder, labels).isClear,
    whyNot: "why is not known; \(labels) labels are far fewer than VOC's")
  page.claim(
    "few-labels", "With \(labels) labels, fine-tuning from turns beats training from scratch.",
    paper: "below 1,000 labels a class, CIFAR-10 (Gidaris 2018, figure 5b)",
    here: "kind: \(tuned(.kind, .turns, labels)) against \(scratch(.kind, labels))",
    leads: [lead(.kind, .turns, labels)])
  let most = few.counts.contains(many) ? many : few.counts[few.counts.count - 1]
  page.claim(
    "many-labels", "With more labels, training from scratch catches up.",
    paper: "on COCO, given time; not with 1,000 pictures (He 2019)",
    here: "place: \(tuned(.place, .turns, most)) against \(scratch(.place, most)), \(most) labels",
    holds: !lead(.place, .turns, most).isClear,
    whyNot: "perhaps \(most) labels are still few")
  page.claim(
    "fits-task",
    "The start has to fit the task: to find individuals, colours matter more than turns.",
    paper: "no figure",
    here: "\(tuned(.again, .autoencoder, labels)) from the autoencoder, "
      + "\(tuned(.again, .turns, labels)) from turns, \(labels) labels",
    leads: [
      few.curve(.again, .autoencoder, .tuned).lead(
        over: few.curve(.again, .turns, .tuned), at: labels)
    ])
}

/// What the page says of mistakes.
func claimMistakes(
  _ page: Page, _ linear: LinearAutoencoder, _ nuisances: NuisanceStudy,
  _ statistics: BatchStatistics, _ stamped: StampedTurns
) {
  page.claim(
    "principal", "A linear autoencoder learns the projection onto the principal components.",
    paper: "proved (Baldi and Hornik 1989)",
    here: "distance \(NumberStyle.decimals(4).text(linear.distance)), loss "
      + "\(NumberStyle.decimals(4).text(linear.loss)) against "
      + NumberStyle.decimals(4).text(linear.leastLoss),
    holds: linear.distance < 0.01 && linear.loss < 1.0001 * linear.leastLoss,
    whyNot: "a short run has not converged")
  let left = Nuisance.allCases.map { meanAndDeviation(nuisances.overlaps[$0] ?? []).mean }
  let (ofGrain, ofOthers) = (left[0], left.dropFirst().max() ?? 1)
  let byChance = meanAndDeviation(nuisances.overlapsOfHalves).mean
  page.claim(
    "grain",
    "Even grain moves the principal subspace less than half as far as structured noise does.",
    paper: "exact for the covariance: grain adds the same to all eigenvalues",
    here: "what is left: \(NumberStyle.decimals(2).text(ofGrain)) with grain, at most "
      + "\(NumberStyle.decimals(2).text(ofOthers)) with the others, "
      + "\(NumberStyle.decimals(2).text(byChance)) with other pictures",
    holds: 1 - ofGrain < (1 - ofOthers) / 2)
  func name(_ nuisance: Nuisance, _ isDenoising: Bool) -> String {
    NuisanceStudy.name(nuisance, isDenoising: isDenoising)
  }
  page.claim(
    "keeps", "An autoencoder's code keeps structured noise, a denoising one's drops most of it.",
    paper: "“it keeps the noise”, as many texts say without a figure",
    here: Nuisance.allCases.dropFirst().map { nuisance in
      let read = [false, true].map { isDenoising in
        nuisances.comparison.mean(of: name(nuisance, isDenoising)) { $0.nuisance }
      }
      return "\(nuisance.rawValue) \(NumberStyle.decimals(2).text(read[0])) against "
        + NumberStyle.decimals(2).text(read[1])
    }.joined(separator: ", "),
    leads: Nuisance.allCases.dropFirst().map { nuisance in
      nuisances.comparison.lead(of: name(nuisance, false), over: name(nuisance, true)) {
        $0.nuisance
      }
    })
  page.claim(
    "training-mode", "Batch norm in training mode makes part of the gain that is reported.",
    paper: "no figure",
    here: "autoencoder: gain \(statistics.gain(.autoencoder, .frozen).points) frozen, "
      + "\(statistics.gain(.autoencoder, .drifted).points) not",
    leads: [
      PairedDifference(
        statistics.gains(.autoencoder, .drifted), minus: statistics.gains(.autoencoder, .frozen))
    ])
  page.claim(
    "shortcut", "With a stamp in the corner turns are told better and the encoder is worth less.",
    paper: "why pretext tasks are guarded against shortcuts; no figure",
    here: stamped.summary,
    leads: [
      stamped.lead(.stamped, over: .clean) { $0.turns },
      stamped.lead(.clean, over: .stamped) { $0.kind },
      stamped.lead(.clean, over: .stamped) { $0.place },
    ])
}
