import CourseData
import Notebook
import TensorCore

/// How well a classifier does on test patients.
struct ClinicScore {
  /// The share of test pictures that it names rightly.
  let accuracy: Double
  /// The same with each pathology weighing the same.
  let balanced: Double
  /// The accuracy on the second hospital's pictures of the same patients.
  let elsewhere: Double
  /// The accuracy of a linear probe on the frozen h that the classifier started from.
  let probe: Double

  /// Judges a classifier, and notes what a probe with the same labels reaches.
  init(_ classifier: PictureClassifier, on set: ClinicSet, probe: Double = .nan) {
    self.probe = probe
    let guesses = classifier.predictions(set.test.pictures)
    accuracy = TensorCore.accuracy(guesses, set.test.pictures.labels)
    balanced = set.test.pictures.balancedAccuracy(of: guesses)
    elsewhere = classifier.accuracy(on: set.elsewhere.pictures)
  }
}

/// Fine-tuning, and a linear probe, from every start with every share of the labels, in every
/// repetition.
struct LabelShares {
  /// The shares of the patients that have a label, rising to 1.
  let shares: [Double]
  /// For each start and repetition the scores by share.
  let scores: Comparison<[ClinicScore]>

  /// Fine-tunes from all starts.
  ///
  /// - Throws: what fine-tuning throws.
  init(
    _ shares: [Double], sets: [ClinicSet], pipelines: [MedicalPipeline], plan: MedicalPlan
  ) throws {
    self.shares = shares
    scores = try Comparison(
      Start.allCases.map { ($0.rawValue, $0) }, over: Array(zip(sets, pipelines))
    ) { name, start, repetition in
      let (set, pipeline) = repetition
      let (training, test) = (set.training.pictures, set.test.pictures)
      let h = Representation(pipeline.encoders[start]!, training, test)
      return try shares.map { share in
        let classifier = try fineTune(
          pipeline.encoders[start]!, on: set.labelled(share), plan: plan.tuning, seed: set.seed,
          title: "\(name), \(percent(share)) of the labels")
        let probe = h.probed(
          training.labels, test.labels, classes: training.classNames.count,
          labelled: set.training.pictures(of: set.training.labelled(share)))
        return ClinicScore(classifier, on: set, probe: probe)
      }
    }
  }

  /// A quantity by share, as a curve of a start.
  private func curve(
    _ start: Start, _ quantity: KeyPath<ClinicScore, Double>
  ) -> LearningCurve {
    LearningCurve(
      start.rawValue, at: shares.map { 100 * $0 },
      runs: scores.trials[Start.allCases.firstIndex(of: start)!].map { scores in
        scores.map { $0[keyPath: quantity] }
      })
  }

  /// A quantity of all repetitions with a share of the labels.
  func at(
    _ share: Double, _ start: Start, _ quantity: KeyPath<ClinicScore, Double> = \.accuracy
  ) -> [Double] { curve(start, quantity).at(100 * share) }

  /// Its mean over the repetitions.
  func mean(
    _ share: Double, _ start: Start, _ quantity: KeyPath<ClinicScore, Double> = \.accuracy
  ) -> Double { meanAndDeviation(at(share, start, quantity)).mean }

  /// How much better one start does than another with a share of the labels, repetition by repetition.
  func lead(
    of first: Start, over second: Start, at share: Double,
    _ quantity: KeyPath<ClinicScore, Double> = \.accuracy
  ) -> PairedDifference {
    PairedDifference(at(share, first, quantity), minus: at(share, second, quantity))
  }

  /// The smallest share with which one start is as good as another with all labels; nil for none.
  func share(of start: Start, matching other: Start) -> Double? {
    shares.first { mean($0, start) >= mean(1, other) }
  }

  /// The accuracies, a line for each start.
  var plot: LinePlot {
    LinePlot(
      "Accuracy in the clinic by share of the labels", xLabel: "patients with a label, %",
      yLabel: "test accuracy",
      series: Start.allCases.map { curve($0, \.accuracy).series }, xScale: .logarithmic,
      references: [ReferenceLine("supervised, all labels", mean(1, .supervised))])
  }

  /// A quantity, a row for each start and a column for each share.
  func table(_ title: String, _ quantity: KeyPath<ClinicScore, Double>) -> Table {
    Table(
      title,
      columns: [.text("start")] + shares.map { .number(percent($0), decimals: 3) },
      rows: Start.allCases.map { start in
        [.text(start.rawValue)] + shares.map { .mean(of: at($0, start, quantity)) }
      }, best: .highest(percent(1)))
  }

  /// What all labels give at home and in the second hospital.
  var tableOfHospitals: Table {
    Table(
      "Accuracy with all labels, and on the second hospital's pictures of the same patients",
      columns: [
        .text("start"), .number("first hospital", decimals: 3), .number("balanced", decimals: 3),
        .number("second", decimals: 3), .number("lost", decimals: 3),
      ],
      rows: Start.allCases.map { start in
        let lost = zip(at(1, start, \.accuracy), at(1, start, \.elsewhere)).map { $0 - $1 }
        return [
          .text(start.rawValue), .mean(of: at(1, start, \.accuracy)),
          .mean(of: at(1, start, \.balanced)), .mean(of: at(1, start, \.elsewhere)),
          .mean(of: lost),
        ]
      }, best: .highest("second"))
  }
}
