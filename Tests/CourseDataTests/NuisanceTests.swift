import TensorCore
import Testing

@testable import CourseData

@Suite struct NuisanceTests {
  @Test(arguments: Nuisance.allCases)
  func `every kind has the strength that is asked for, in each picture`(nuisance: Nuisance) {
    var random = Random(seed: 1)
    let like = Tensor([20, 24, 24, 3], fill: 0)
    let drawn = nuisance.drawn(like: like, strength: 0.7, using: &random).numbers
    for picture in 0..<20 {
      let own = drawn[picture * 1728..<(picture + 1) * 1728]
      let square = own.reduce(0) { $0 + $1 * $1 } / 1728
      // Grain is a sample: its deviation over 1,728 numbers is known to 2 %.
      #expect(abs(square.squareRoot() - 0.7) < (nuisance == .grain ? 0.07 : 1e-3))
    }
  }

  @Test(arguments: [(Nuisance.stripes, 2), (.stain, 3), (.light, 3)])
  func `structured noise varies in few directions`(nuisance: Nuisance, directions: Int) {
    var random = Random(seed: 2)
    let like = Tensor([200, 12, 12, 3], fill: 0)
    let drawn = Variable(nuisance.drawn(like: like, strength: 1, using: &random))
    let components = PrincipalComponents(
      drawn.reshaped([200, -1]), count: directions, using: &random)
    let share = components.variances.reduce(0, +) / components.totalVariance
    #expect(share > 0.999)
    #expect(components.variances.allSatisfy { $0 > 0.05 * components.totalVariance })
  }
}

@Suite struct DateStampTests {
  private let pictures = PictureWorld(size: 24).pictures(6, seed: 1)

  @Test func `a stamp stands in the lower right corner and nowhere else`() {
    var random = Random(seed: 1)
    let stamped = DateStamp.printed(on: pictures, using: &random)
    for picture in 0..<6 {
      var changed = 0
      for y in 0..<24 {
        for x in 0..<24 {
          let at = ((picture * 24 + y) * 24 + x) * 3
          let isChanged = stamped.pixels[at..<at + 3] != pictures.pixels[at..<at + 3]
          if isChanged {
            changed += 1
            #expect(y >= 18 && y < 23 && x >= 16 && x < 23)
          }
        }
      }
      #expect(changed > 10)
    }
    #expect(stamped.labels == pictures.labels)
  }

  @Test func `with the corners covered nothing of it is left`() {
    var random = Random(seed: 2)
    let stamped = DateStamp.printed(on: pictures, using: &random)
    #expect(DateStamp.covered(stamped) == DateStamp.covered(pictures))
  }
}

@Suite struct SightingsTests {
  private let world = PictureWorld(size: 24)

  @Test func `sightings share the individual and nothing else`() {
    let sightings = Sightings(individuals: 20, each: 3, of: world, seed: 1)
    #expect(sightings.scenes.count == 60)
    #expect(sightings.places(1).map { sightings.identities[$0] } == Array(0..<20))
    for individual in 0..<20 {
      let own = sightings.scenes[3 * individual..<3 * individual + 3]
      #expect(Set(own.map(\.seed)).count == 1 && Set(own.map(\.hue)).count == 1)
      #expect(Set(own.map(\.thing)).count == 1 && Set(own.map(\.pattern)).count == 1)
      #expect(Set(own.map(\.surroundings)).count == 3 && Set(own.map(\.x)).count == 3)
      #expect(Set(own.map(\.rotation)).count == 3 && Set(own.map(\.backgroundHue)).count == 3)
    }
    #expect(Set(sightings.scenes.map(\.seed)).count == 20)
  }

  @Test func `surroundings change the ground and leave the thing`() {
    var factors = PictureFactors.fixed
    factors.texture = 1...1
    var scene = PictureWorld(size: 24, factors: factors).scenes(1, seed: 3)[0]
    let before = world.paint([scene]).pixels
    #expect(scene.surroundings == scene.seed)
    scene.surroundings &+= 1
    let after = world.paint([scene]).pixels
    let changed = zip(before, after).count { $0 != $1 }
    // The thing covers a good part of the picture, and the ground the rest.
    #expect(changed > 24 * 24 * 3 / 10 && changed < 24 * 24 * 3 * 9 / 10)
    // Without a pattern, clutter and grain there is nothing that surroundings decide.
    scene.texture = 0
    let plain = world.paint([scene]).pixels
    scene.surroundings &+= 1
    #expect(world.paint([scene]).pixels == plain)
  }
}
