import CourseData
import TensorCore
import Testing

@testable import chapter8

/// Pictures of one colour each, picture i with the number i / 100, so that a view tells where it is from.
private func plain(_ count: Int, size: Int = 8) -> Pictures {
  Pictures(
    height: size, width: size, channels: 3,
    pixels: (0..<count).flatMap { place in
      [Float](repeating: Float(place) / 100, count: size * size * 3)
    },
    labels: (0..<count).map { $0 % 2 }, classNames: ["even", "odd"])
}

private let unchanged = AugmentationSequence([])

private func tinyPlan(tuning: Int = 2) -> MedicalPlan {
  MedicalPlan(
    width: 4, thingSteps: 2, clinicSteps: 2, patientSteps: 2, tuningSteps: tuning, batch: 4,
    things: 40)
}

@Suite struct `Pairs of a patient's pictures` {
  @Test func `a pair is two distinct pictures of one patient, where there are two`() throws {
    let patients = [[0, 1], [2, 3, 4], [5], [6, 7, 8, 9, 10, 11]]
    let pairs = try PatientPairs(plain(12), of: patients, unchanged, batch: 4)
    var random = Random(seed: 1)
    for _ in 0..<200 {
      for pair in pairs.nextPlaces(using: &random) {
        let patient = patients.firstIndex { $0.contains(pair.first) }!
        #expect(patients[patient].contains(pair.second))
        #expect(pair.first != pair.second || patients[patient].count == 1)
      }
    }
    #expect(pairs.shareWithOnePicture == 0.25)
  }

  @Test func `a batch holds a patient once, an epoch everybody`() throws {
    let patients = (0..<10).map { [2 * $0, 2 * $0 + 1] }
    let pairs = try PatientPairs(plain(20), of: patients, unchanged, batch: 5)
    var random = Random(seed: 2)
    for _ in 0..<50 {
      let epoch = (0..<2).map { _ in pairs.nextPlaces(using: &random).map { $0.first / 2 } }
      for batch in epoch { #expect(Set(batch).count == 5) }
      #expect(Set(epoch.flatMap(\.self)).count == 10)
    }
  }

  @Test func `all pairs of a patient's pictures come equally often, in both orders`() throws {
    let pairs = try PatientPairs(plain(5), of: [[0, 1, 2], [3, 4]], unchanged, batch: 2)
    var random = Random(seed: 3)
    var counts: [Int: Int] = [:]
    for _ in 0..<6_000 {
      for pair in pairs.nextPlaces(using: &random) where pair.first < 3 {
        counts[3 * pair.first + pair.second, default: 0] += 1
      }
    }
    #expect(counts.count == 6)
    // Each of six orders is expected 1,000 times with a deviation of 29; five of them.
    for (_, count) in counts { #expect(abs(count - 1_000) < 145) }
  }

  @Test func `the views are of the places that were drawn`() throws {
    let patients = [[0, 1], [2, 3, 4], [5]]
    let one = try PatientPairs(plain(6), of: patients, unchanged, batch: 3)
    let two = try PatientPairs(plain(6), of: patients, unchanged, batch: 3)
    var (first, second) = (Random(seed: 4), Random(seed: 4))
    let places = one.nextPlaces(using: &first)
    let views = two.next(using: &second)
    #expect(views.first.shape == [3, 8, 8, 3] && views.second.shape == [3, 8, 8, 3])
    for (row, pair) in places.enumerated() {
      #expect(views.first.value[row, 0, 0, 0] == Float(pair.first) / 100)
      #expect(views.second.value[row, 7, 7, 2] == Float(pair.second) / 100)
    }
  }

  @Test func `patients with one picture each give SimCLR's pairs, with two different views`() throws
  {
    let pairs = try PatientPairs(
      plain(6), of: (0..<6).map { [$0] }, AugmentationSequence(ColourJitter(strength: 1)), batch: 6)
    #expect(pairs.shareWithOnePicture == 1)
    var random = Random(seed: 5)
    let (first, second) = pairs.next(using: &random)
    #expect(first.value != second.value)
    #expect(pairs.nextPlaces(using: &random).allSatisfy { $0.first == $0.second })
  }

  @Test func `a batch larger than the number of patients is all patients`() throws {
    let pairs = try PatientPairs(plain(4), of: [[0, 1], [2], [3]], unchanged, batch: 100)
    var random = Random(seed: 6)
    #expect(pairs.batch == 3 && pairs.nextPlaces(using: &random).count == 3)
  }

  @Test func `what cannot be paired is refused, with its reason`() {
    func problem(_ patients: [[Int]], batch: Int = 2, size: Int = 8) -> String {
      do {
        _ = try PatientPairs(plain(4, size: size), of: patients, unchanged, batch: batch)
        return ""
      } catch { return "\(error)" }
    }
    #expect(problem([]).contains("0 patients"))
    #expect(problem([[0, 1, 2]]).contains("1 patient;"))
    #expect(problem([[0], []]).contains("patient 1 has no pictures"))
    #expect(problem([[0], [4]]).contains("picture 4"))
    #expect(problem([[0], [-1]]).contains("picture -1"))
    #expect(problem([[0, 0], [1]]).contains("twice"))
    #expect(problem([[0, 1], [1, 2]]).contains("patients 0 and 1"))
    #expect(problem([[0], [1]], batch: 1).contains("1 pair"))
    #expect(problem([[0], [1]], size: 3).contains("3 × 3"))
    #expect(problem([[0], [1]]) == "")
  }
}

@Suite struct `Patients and their labels` {
  @Test func `a patient's pictures stand together, with the patient's label`() {
    let patients = ClinicWorld(size: 8).patients(30, seed: 1)
    let set = PatientPictures(patients, of: ClinicWorld(size: 8))
    #expect(set.patients.flatMap(\.self) == Array(0..<set.pictures.count))
    for (patient, places) in zip(patients, set.patients) {
      #expect(places.count == patient.photographs.count)
      for place in places {
        #expect(set.photographs[place].patient == patient.index)
        #expect(set.pictures.labels[place] == patient.pathology.rawValue)
      }
    }
  }

  @Test func `nobody is among those to learn from and those to judge by`() {
    let set = ClinicSet(everyone: 40, training: 30, test: 20, world: ClinicWorld(size: 8), seed: 3)
    let learners = Set(set.everyone.photographs.map(\.constitution))
    #expect(learners.isDisjoint(with: set.test.photographs.map(\.constitution)))
    #expect(learners.isDisjoint(with: set.elsewhere.photographs.map(\.constitution)))
    #expect(learners.isSuperset(of: set.training.photographs.map(\.constitution)))
    // The second hospital sees the same people.
    #expect(set.test.pictures.labels == set.elsewhere.pictures.labels)
    #expect(set.test.photographs.map(\.seed) == set.elsewhere.photographs.map(\.seed))
    #expect(set.test.pictures != set.elsewhere.pictures)
  }

  @Test func `a smaller share of labels is part of a larger one, and has every pathology`() {
    let set = ClinicSet(
      everyone: 200, training: 200, test: 10, world: ClinicWorld(size: 8), seed: 4
    ).training
    var smaller: Set<Int> = []
    for share in [0.001, 0.1, 0.2, 0.3, 0.5, 1] {
      let chosen = set.labelled(share)
      #expect(smaller.isSubset(of: chosen))
      smaller = Set(chosen)
      let labels = Set(set.pictures(of: chosen).map { set.pictures.labels[$0] })
      #expect(labels == Set(set.pictures.labels))
      // Each of six pathologies is rounded to a whole number of patients, the rarest up to one.
      #expect(abs(Double(chosen.count) - share * 200) <= 6)
    }
    #expect(set.labelled(1).count == 200)
  }

  @Test func `balanced accuracy weighs each class the same`() {
    let pictures = Pictures(
      height: 1, width: 1, channels: 1, pixels: [0, 0, 0, 0, 0], labels: [0, 0, 0, 0, 1],
      classNames: ["common", "rare", "absent"])
    #expect(pictures.balancedAccuracy(of: [0, 0, 0, 0, 0]) == 0.5)
    #expect(pictures.balancedAccuracy(of: [0, 0, 1, 1, 1]) == 0.75)
    #expect(pictures.balancedAccuracy(of: [2, 2, 2, 2, 2]) == 0)
    #expect(pictures.shareOfCommonestClass == 0.8)
    #expect(pictures[[Int]()].balancedAccuracy(of: []) == 0)
  }
}

@Suite struct `The medical pipeline` {
  @Test func `every start has an encoder, a seed gives the same again, and none is another's`()
    throws
  {
    let set = ClinicSet(everyone: 12, training: 12, test: 6, seed: 5)
    let one = try MedicalPipeline(set, plan: tinyPlan())
    let two = try MedicalPipeline(set, plan: tinyPlan())
    let x = Variable(set.test.pictures.tensor())
    var seen: [Tensor] = []
    for start in Start.allCases {
      let h = frozen(one.encoders[start]!, x).value
      #expect(h == frozen(two.encoders[start]!, x).value, "\(start)")
      #expect(h.numbers.allSatisfy(\.isFinite) && !seen.contains(h), "\(start)")
      seen.append(h)
    }
  }

  @Test func `fine-tuning leaves the encoder that it starts from alone`() throws {
    let set = ClinicSet(everyone: 12, training: 12, test: 6, seed: 5)
    let pipeline = try MedicalPipeline(set, plan: tinyPlan())
    let before = pipeline.encoders[.patients]!.parameters.map(\.variable.value)
    let study = try LabelShares([0.5, 1], sets: [set], pipelines: [pipeline], plan: tinyPlan())
    #expect(pipeline.encoders[.patients]!.parameters.map(\.variable.value) == before)
    for start in Start.allCases {
      for score in study.scores.trials[Start.allCases.firstIndex(of: start)!][0] {
        #expect((0...1).contains(score.accuracy) && (0...1).contains(score.balanced))
        #expect((0...1).contains(score.elsewhere))
      }
    }
  }

  @Test func `one class and one patient stop with a reason`() throws {
    let set = ClinicSet(everyone: 12, training: 12, test: 6, seed: 5)
    let pictures = set.training.pictures
    let label = pictures.labels[0]
    let alike = pictures.labels.indices.filter { pictures.labels[$0] == label }
    var random = Random(seed: 1)
    let encoder = ResidualEncoder(channels: 3, width: 4, using: &random)
    #expect(throws: ContrastiveError.oneClass(pictures.classNames[label])) {
      try fineTune(encoder, on: pictures[alike], plan: tinyPlan().tuning, seed: 1)
    }
    #expect(throws: PatientError.tooFewPatients(1)) {
      try MedicalPipeline(
        ClinicSet(everyone: 1, training: 1, test: 2, world: sixPictures, seed: 2), plan: tinyPlan())
    }
  }

  @Test
  func `labels by lot can be found where pictures are shuffled, not where patients are apart`()
    throws
  {
    var random = Random(seed: 3)
    let encoder = ResidualEncoder(channels: 3, width: 8, using: &random)
    let leak = try LeakStudy([1, 2], [encoder, encoder], patients: 200)
    for repetition in 0..<2 {
      // About 350 pictures are judged: by chance 1/6 ± 0.02 of them are right, more uneven since the
      // pictures of a patient are right or wrong together; four such deviations.
      #expect(abs(leak.patients.lot[repetition] - 1 / 6) < 0.12)
      #expect(leak.pictures.lot[repetition] > leak.patients.lot[repetition] + 0.05)
      #expect(leak.recognised[repetition] > 0.05)
    }
    #expect(throws: PatientError.tooFewPatients(3)) {
      try LeakStudy([1], [encoder], patients: 3)
    }
  }

  @Test func `pictures of other channels are refused before anything is trained`() {
    var random = Random(seed: 4)
    let encoder = ResidualEncoder(channels: 1, width: 4, using: &random)
    let set = ClinicSet(everyone: 8, training: 8, test: 4, seed: 1)
    #expect(
      throws: ContrastiveError.channels(
        pictures: [set.test.pictures.count, 24, 24, 3], expected: 1)
    ) {
      try fineTune(encoder, on: set.test.pictures, plan: tinyPlan().tuning, seed: 1)
    }
  }

  private var sixPictures: ClinicWorld {
    var factors = ClinicFactors()
    factors.pictures = 6...6
    return ClinicWorld(factors: factors)
  }
}
