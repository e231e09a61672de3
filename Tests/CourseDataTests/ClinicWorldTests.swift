import TensorCore
import Testing

@testable import CourseData

/// FNV-1a over the pictures' bytes, one for each number.
private func fingerprint(_ pictures: Pictures) -> UInt64 {
  pictures.pixels.reduce(0xcbf2_9ce4_8422_2325) { hash, number in
    (hash ^ UInt64(number * 255 + 0.5)) &* 0x100_0000_01b3
  }
}

@Suite struct `The clinic world` {
  @Test func `a seed gives the same pictures with any number of threads`() {
    let world = ClinicWorld(size: 16)
    let photographs = world.patients(40, seed: 3).flatMap(\.photographs)
    let before = Parallel.threads
    defer { Parallel.threads = before }
    Parallel.threads = 1
    let one = world.paint(photographs)
    for threads in [2, 3] {
      Parallel.threads = threads
      #expect(one == world.paint(photographs))
    }
    #expect(one != world.paint(world.patients(40, seed: 4).flatMap(\.photographs)))
  }

  // The number was printed by this test on Linux, x86-64. The arithmetic is IEEE's own throughout, so that
  // another platform that disagrees has found a mistake. Whoever changes how pictures look, changes it.
  @Test func `a seed gives the same pictures on every platform`() {
    let world = ClinicWorld()
    let found = Hospital.allCases.map { hospital in
      fingerprint(world.paint(world.patients(60, at: hospital, seed: 7).flatMap(\.photographs)))
    }
    #expect(found == [18_104_178_354_153_739_031, 1_922_710_487_754_606_514], "found \(found)")
  }

  @Test func `a patient depends on the seed and the number alone, a picture on its own place`() {
    let world = ClinicWorld(size: 16)
    let many = world.patients(60, seed: 9)
    #expect(world.patients(25, seed: 9) == Array(many[0..<25]))
    var factors = ClinicFactors()
    factors.pictures = 2...2
    let two = ClinicWorld(size: 16, factors: factors).patients(60, seed: 9)
    for (two, any) in zip(two, many) {
      for (one, other) in zip(two.photographs, any.photographs) { #expect(one == other) }
    }
    // A picture is painted the same way whatever is painted beside it.
    let photographs = many.flatMap(\.photographs)
    #expect(world.paint([photographs[30]]) == world.paint(photographs)[[30]])
  }

  @Test func `the hospitals see the same patients with other cameras`() {
    let world = ClinicWorld()
    let first = world.patients(100, seed: 2).flatMap(\.photographs)
    let second = world.patients(100, at: .second, seed: 2).flatMap(\.photographs)
    #expect(first.count == second.count)
    for (first, second) in zip(first, second) {
      #expect(Hospital.first.cameras.contains(first.camera))
      #expect(Hospital.second.cameras.contains(second.camera))
      var moved = second
      moved.camera = first.camera
      #expect(moved == first)
    }
    #expect(Set(Hospital.allCases.flatMap(\.cameras).map(\.name)).count == 6)
  }

  @Test func `every factor can be fixed, and leaves what the others draw`() {
    var factors = ClinicFactors()
    factors.skinTone = 0.5...0.5
    factors.tilt = 0...0
    factors.sites = [.hand]
    factors.cameras = 1...1
    factors.variety = 0...0
    let free = ClinicWorld().patients(50, seed: 5).flatMap(\.photographs)
    let fixed = ClinicWorld(factors: factors).patients(50, seed: 5).flatMap(\.photographs)
    for (free, fixed) in zip(free, fixed) {
      #expect(fixed.site == .hand && fixed.camera == Hospital.first.cameras[1])
      var expected = free
      expected.skinTone = 0.5
      expected.tilt = 0
      expected.site = .hand
      expected.camera = fixed.camera
      expected.variety = 0
      #expect(fixed == expected)
    }
  }

  @Test func `factors stay within their ranges and reach both ends`() {
    let factors = ClinicFactors()
    let patients = ClinicWorld().patients(1_500, seed: 6)
    let photographs = patients.flatMap(\.photographs)
    func check(_ range: ClosedRange<Float>, _ values: [Float]) {
      let span = range.upperBound - range.lowerBound
      #expect(values.allSatisfy(range.contains))
      // Of 1,500 even draws or more all miss the last hundredth at either end once in 10⁶ cases.
      #expect(values.min()! <= range.lowerBound + span / 100)
      #expect(values.max()! >= range.upperBound - span / 100)
    }
    check(factors.skinTone, photographs.map(\.skinTone))
    check(factors.contrast, photographs.map(\.contrast))
    check(factors.redness, photographs.map(\.redness))
    check(factors.texture, photographs.map(\.texture))
    check(factors.magnification, photographs.map(\.magnification))
    check(factors.rotation, photographs.map(\.rotation))
    check(factors.tilt, photographs.map(\.tilt))
    check(factors.light, photographs.map(\.light))
    check(factors.exposure, photographs.map(\.exposure))
    check(factors.warmth, photographs.map(\.warmth))
    #expect(Set(patients.map(\.photographs.count)) == Set(1...6))
    #expect(Set(photographs.map(\.site)) == Set(BodySite.allCases))
    #expect(Set(photographs.map(\.camera.name)) == ["A", "B", "C"])
  }

  @Test func `a retake is of the same lesion by the same camera, a little beside`() {
    var factors = ClinicFactors()
    factors.retakes = 0.5
    let world = ClinicWorld(size: 16, factors: factors)
    let patients = world.patients(400, seed: 4)
    for patient in patients {
      for (before, next) in zip(patient.photographs, patient.photographs.dropFirst())
      where next.retake > 0 {
        #expect(next.retake == before.retake + 1)
        var moved = next
        moved.retake = before.retake
        (moved.x, moved.y, moved.rotation) = (before.x, before.y, before.rotation)
        (moved.tilt, moved.magnification) = (before.tilt, before.magnification)
        #expect(moved == before)
        #expect(abs(next.x - before.x) <= 0.04 && abs(next.rotation - before.rotation) <= 8)
        #expect(world.paint([next]) != world.paint([before]))
      }
      #expect(patient.photographs[0].retake == 0)
    }
    let followers = patients.flatMap { $0.photographs.dropFirst() }
    let share = Double(followers.count { $0.retake > 0 }) / Double(followers.count)
    // About 1,000 draws: the deviation is 0.016; four of them.
    #expect(abs(share - 0.5) < 0.065)
    // Without retakes everybody's first picture and all that are no retakes are as before.
    for (with, without) in zip(patients, ClinicWorld(size: 16).patients(400, seed: 4)) {
      for (one, other) in zip(with.photographs, without.photographs) where one.retake == 0 {
        #expect(one == other)
      }
    }
  }

  @Test func `a patient's pictures share the person and differ in the rest`() {
    for patient in ClinicWorld().patients(200, seed: 8) {
      for photograph in patient.photographs {
        #expect(photograph.patient == patient.index && photograph.pathology == patient.pathology)
        #expect(photograph.skinTone == patient.photographs[0].skinTone)
        #expect(photograph.constitution == patient.photographs[0].constitution)
      }
      #expect(Set(patient.photographs.map(\.seed)).count == patient.photographs.count)
    }
  }

  @Test func `pathologies come as often as they say`() {
    #expect(abs(Pathology.allCases.map(\.share).reduce(0, +) - 1) < 1e-6)
    let patients = ClinicWorld().patients(4_000, seed: 11)
    for pathology in Pathology.allCases {
      let share = Double(patients.count { $0.pathology == pathology }) / 4_000
      // The deviation of a share of 4,000 is at most 0.0073; four of them.
      #expect(abs(share - Double(pathology.share)) < 0.03, "\(pathology)")
    }
  }

  @Test func `no nuisance depends on the pathology`() {
    let patients = ClinicWorld().patients(6_000, seed: 12)
    let photographs = patients.flatMap(\.photographs)
    let numbers: [(String, (Photograph) -> Float)] = [
      ("skin tone", \.skinTone), ("contrast", \.contrast), ("redness", \.redness),
      ("texture", \.texture), ("magnification", \.magnification), ("x", \.x), ("y", \.y),
      ("rotation", \.rotation), ("tilt", \.tilt), ("light", \.light),
      ("light's angle", \.lightAngle), ("exposure", \.exposure), ("warmth", \.warmth),
      ("site", { Float($0.site.rawValue) }), ("camera", { $0.camera.noise }),
      ("pictures", { Float(patients[$0.patient].photographs.count) }),
    ]
    for (name, number) in numbers {
      let all = photographs.map(number)
      let mean = all.reduce(0, +) / Float(all.count)
      let variance = all.reduce(Float(0)) { $0 + ($1 - mean) * ($1 - mean) } / Float(all.count)
      for pathology in Pathology.allCases {
        let own = photographs.filter { $0.pathology == pathology }.map(number)
        let difference = own.reduce(0, +) / Float(own.count) - mean
        // The rarest pathology has about 420 patients. What a patient's pictures share counts once for
        // each patient, more where they have many pictures: 300 independent draws, five deviations.
        #expect(abs(difference) < 5 * (variance / 300).squareRoot(), "\(name), \(pathology)")
      }
    }
  }

  // Balanced accuracy gives each of the six classes the same weight: chance is 1/6 whatever the shares.
  @Test func `neither mean colour nor border tells the pathology`() {
    let size = 16
    let world = ClinicWorld(size: size)
    let pictures = world.paint(world.patients(3_000, seed: 13).flatMap(\.photographs))
    let area = size * size
    let means = (0..<pictures.count).map { index -> [Float] in
      var sum: [Float] = [0, 0, 0]
      for i in 0..<area * 3 { sum[i % 3] += pictures.pixels[index * area * 3 + i] }
      return sum.map { $0 / Float(area) }
    }
    let byMean = balancedNearestMean(means, pictures.labels)
    #expect(byMean < 0.22, "\(byMean)")
    let borders = (0..<pictures.count).map { index -> [Float] in
      let start = index * area * 3
      return Array(pictures.pixels[start..<start + 2 * size * 3])
        + pictures.pixels[start + (area - 2 * size) * 3..<start + area * 3]
    }
    let byBorder = balancedNearestMean(borders, pictures.labels)
    #expect(byBorder < 0.22, "\(byBorder)")
  }

  @Test func `with every factor fixed, all pictures of a pathology are equal but for grain`() {
    var factors = ClinicFactors.fixed
    factors.pictures = 6...6
    let world = ClinicWorld(factors: factors)
    var photographs = world.patients(30, seed: 8).flatMap(\.photographs)
    for index in photographs.indices { photographs[index].camera = .perfect }
    let pictures = world.paint(photographs)
    // Where spots lie is chance in any case: these two have places that no factor fixes.
    for label in [Pathology.plaque, .ring, .target].map(\.rawValue) {
      let alike = pictures.labels.indices.filter { pictures.labels[$0] == label }
      for index in alike { #expect(pictures[[index]] == pictures[[alike[0]]]) }
    }
  }

  @Test func `a camera that turns by a quarter turns the picture`() {
    let size = 24
    var factors = ClinicFactors.fixed
    factors.variety = 0.7...0.7
    factors.individuality = 0.5...0.5
    let world = ClinicWorld(size: size, factors: factors)
    for var photograph in world.patients(20, seed: 1).flatMap(\.photographs) {
      photograph.camera = .perfect
      var turned = photograph
      turned.rotation += 90
      let before = world.paint([photograph]).pixels
      let after = world.paint([turned]).pixels
      for y in 0..<size {
        for x in 0..<size {
          for c in 0..<3 {
            let difference =
              before[(y * size + x) * 3 + c] - after[(x * size + size - 1 - y) * 3 + c]
            // The turn is exact; what remains is rounding before the last step of 1/255.
            #expect(abs(difference) <= 1.5 / 255)
          }
        }
      }
    }
  }

  @Test func `a lean halves the lesion along its direction`() {
    var factors = ClinicFactors.fixed
    factors.magnification = 0.9...0.9
    let world = ClinicWorld(size: 64, factors: factors)
    let ring = world.patients(60, seed: 1).first { $0.pathology == .plaque }!
    var straight = ring.photographs[0]
    straight.camera = .perfect
    var leaning = straight
    leaning.tilt = 60
    func extent(_ photograph: Photograph) -> (across: Int, down: Int) {
      let pixels = world.paint([photograph]).pixels
      let skin = pixels[0]
      let dark = (0..<64 * 64).filter { pixels[$0 * 3] < skin - 0.1 }
      return (Set(dark.map { $0 % 64 }).count, Set(dark.map { $0 / 64 }).count)
    }
    let (before, after) = (extent(straight), extent(leaning))
    // The camera leans to the right: across it is cos 60° = ½ as wide. Edges are soft by a pixel.
    #expect(abs(after.across * 2 - before.across) <= 3)
    #expect(abs(after.down - before.down) <= 1)
  }

  @Test func `a lesion stands out equally from every skin`() {
    var factors = ClinicFactors.fixed
    factors.magnification = 0.85...0.85
    let world = ClinicWorld(size: 32, factors: factors)
    let plaque = world.patients(60, seed: 1).first { $0.pathology == .plaque }!
    let differences = [Float(0), 0.25, 0.49, 0.51, 0.75, 1].map { tone -> Float in
      var photograph = plaque.photographs[0]
      photograph.camera = .perfect
      photograph.skinTone = tone
      let pixels = world.paint([photograph]).pixels
      let middle = (16 * 32 + 16) * 3
      return abs((0..<3).reduce(0) { $0 + pixels[middle + $1] - pixels[$1] })
    }
    // Three channels, each rounded to 1/255 at both places; redness adds the same everywhere.
    for difference in differences[...2] { #expect(abs(difference - differences[0]) < 0.02) }
    for difference in differences[3...] { #expect(abs(difference - differences[3]) < 0.02) }
    #expect(differences.min()! > 0.5)
  }

  @Test(arguments: [8, 24, 31, 64]) func `every size gives shades of 255 steps`(size: Int) {
    let world = ClinicWorld(size: size)
    let pictures = world.paint(world.patients(12, seed: 2).flatMap(\.photographs))
    #expect(pictures.height == size && pictures.width == size && pictures.channels == 3)
    #expect(pictures.pixels.allSatisfy { $0 >= 0 && $0 <= 1 && ($0 * 255).rounded() / 255 == $0 })
  }

  @Test func `nobody and no pictures are empty`() {
    #expect(ClinicWorld().patients(0, seed: 1).isEmpty)
    #expect(ClinicWorld().paint([]).count == 0)
  }

  /// The mean over classes of the accuracy, on the second half, of the class whose mean in the first half
  /// lies nearest.
  private func balancedNearestMean(_ features: [[Float]], _ labels: [Int]) -> Double {
    let half = features.count / 2
    let width = features[0].count
    var means = Array(repeating: Array(repeating: Float(0), count: width), count: 6)
    let counts = (0..<6).map { label in labels[..<half].count { $0 == label } }
    for i in 0..<half {
      for j in 0..<width { means[labels[i]][j] += features[i][j] / Float(counts[labels[i]]) }
    }
    var (right, total) = (Array(repeating: 0.0, count: 6), Array(repeating: 0.0, count: 6))
    for i in half..<features.count {
      let distances = means.map { mean in
        zip(mean, features[i]).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      total[labels[i]] += 1
      if distances.indices.min(by: { distances[$0] < distances[$1] }) == labels[i] {
        right[labels[i]] += 1
      }
    }
    return zip(right, total).map { $0 / $1 }.reduce(0, +) / 6
  }
}
