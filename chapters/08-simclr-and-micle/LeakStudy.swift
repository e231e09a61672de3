import CourseData
import Notebook
import TensorCore

/// A classifier judged on new patients, and on new pictures of patients whom it knows.
///
/// The classifier is the nearest neighbour in h of a frozen encoder. Either split has the same number of
/// pictures to learn from, all of patients whom the encoder has never seen; half of a patient's further
/// pictures are retakes. The labels are the pathologies, or drawn by lot for each patient: then
/// nothing is left to find but who it is.
struct LeakStudy {
  /// The accuracies for one way to split, one for each repetition.
  struct Split {
    /// What the table calls it.
    let name: String
    /// With the pathologies.
    var truth: [Double] = []
    /// With labels drawn by lot.
    var lot: [Double] = []
  }

  /// Patients on one side or the other.
  private(set) var patients = Split(name: "patients apart")
  /// Pictures on one side or the other.
  private(set) var pictures = Split(name: "pictures shuffled")
  /// The share of pictures whose nearest neighbour is of the same patient, pictures shuffled.
  private(set) var recognised: [Double] = []

  /// Judges one encoder for each seed.
  ///
  /// - Parameters:
  ///   - seeds: where the patients and the lots of a repetition come from.
  ///   - encoders: one for each seed.
  ///   - count: the patients of a repetition, half of them to learn from.
  /// - Throws: `PatientError` for fewer than four patients.
  init(
    _ seeds: [UInt64], _ encoders: [ResidualEncoder], patients count: Int
  ) throws(PatientError) {
    if count < 4 { throw .tooFewPatients(count) }
    var factors = ClinicFactors()
    factors.retakes = 0.5
    let world = ClinicWorld(factors: factors)
    for (seed, encoder) in zip(seeds, encoders) {
      var random = Random(seed: seed, stream: 82)
      let people = PatientPictures(world.patients(count, seed: random.next()), of: world)
      let h = frozen(encoder, Variable(people.pictures.tensor()))
      let learnt = people.pictures(of: Array(0..<count / 2))
      let judged = people.pictures(of: Array(count / 2..<count))
      var shuffled = learnt + judged
      random.shuffle(&shuffled)
      let classes = people.pictures.classNames.count
      let lots = (0..<count).map { _ in random.integer(below: classes) }
      let owners = people.patients.enumerated().flatMap { patient, places in
        places.map { _ in patient }
      }
      func score(_ labels: [Int], _ training: some Sequence<Int>, _ test: some Sequence<Int>)
        -> Double
      {
        let (training, test) = (Array(training), Array(test))
        return nearestNeighbourAccuracy(
          Representation(training: h.gather(training), test: h.gather(test)),
          training.map { labels[$0] }, test.map { labels[$0] }, k: 1)
      }
      let (first, rest) = (shuffled.prefix(learnt.count), shuffled.dropFirst(learnt.count))
      let byLot = owners.map { lots[$0] }
      patients.truth.append(score(people.pictures.labels, learnt, judged))
      patients.lot.append(score(byLot, learnt, judged))
      pictures.truth.append(score(people.pictures.labels, first, rest))
      pictures.lot.append(score(byLot, first, rest))
      recognised.append(score(owners, first, rest))
    }
  }

  /// A row for each split.
  var table: Table {
    Table(
      "Two ways to split, one encoder, the nearest neighbour's label",
      columns: [
        .text("split"), .number("pathologies", decimals: 3),
        .number("labels by lot", decimals: 3),
      ],
      rows: [patients, pictures].map {
        [.text($0.name), .mean(of: $0.truth), .mean(of: $0.lot)]
      })
  }
}
